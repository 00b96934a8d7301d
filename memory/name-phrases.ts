// How people say what they are called, by language: data, read by given-name.ts. No logic stands here.

/** Where a clause begins: punctuation, a greeting, or a word that joins. */
export const clauseOpeners =
  "hi|hello|hey|hiya|howdy|morning|evening|afternoon|there|again|and|but|so|well|oh|ah|yes|no|sorry|actually|please|anyway|btw|by the way|hallo|guten tag|servus|moin|und|also|übrigens|bonjour|salut|bonsoir|et|hola|buenas|y|ciao|salve|buongiorno|e|olá|oi|hoi|dag|en|hej|hei|och|og|cześć|ahoj|moi|terve|szia|bună|merhaba|привет|здравствуйте|і|и|γεια σου|γεια";

/** Phrases after which nothing but a name is said. */
export const namePhrases: readonly string[] = [
  // English
  "(?:my|the) (?:full |first |real )?name(?:'s| is)",
  "(?:(?:you can|you may|just|please|people|friends|my friends|everyone|everybody|they|they all|most people) )?call me",
  "i(?:'m| am) called",
  "i go by",
  "it's me,",
  // German, Dutch
  "ich hei(?:ß|ss)e",
  "mein name ist",
  "(?:du kannst |sie können |man )?nenn(?:e|t|en|en sie)? mich",
  "ik heet",
  "mijn naam is",
  "noem me|noem mij",
  // Swedish, Danish, Norwegian
  "jag heter|mitt namn är|kalla mig",
  "jeg (?:hedder|heter)|(?:mit|mitt) nav?n er|kald mig|kall meg",
  // French, Spanish, Italian, Portuguese, Catalan, Romanian
  "je m'appelle|mon (?:nom|prénom) (?:est|c'est)|moi,? c'est|appelle(?:z)?-moi",
  "(?:yo )?me llamo|mi nombre es|llám[ae]me",
  "mi chiamo|il mio nome è|chiamami|mi chiami",
  "(?:eu )?me chamo|chamo-me|(?:o )?meu nome é|(?:pode )?me cham[ae](?:r)? de",
  "em dic|el meu nom és",
  "mă numesc|mă cheamă|numele meu este",
  // Polish, Czech, Finnish, Hungarian, Turkish
  "(?:mam na imię|nazywam się|na imię mi)",
  "jmenuj[iu] se",
  "(?:minun )?nimeni on|kutsu minua",
  "a nevem",
  "(?:benim )?adım",
  // Russian, Ukrainian, Greek
  "меня зовут|мо[её] имя|зовите меня|зови меня",
  "мене звати|моє ім'я",
  "με λένε|το όνομά μου είναι|ονομάζομαι|λέγομαι",
];

/** Phrases that a name follows, or anything else that one can be. */
export const beingPhrases: readonly string[] = [
  "i'm|i am|this is",
  "ich bin(?: der| die)?|ik ben(?: de)?",
  "jag är|jeg er",
  "je suis|(?:yo )?soy|(?:io )?sono|(?:eu )?sou(?: [oa])?|(?:jo )?sóc|sunt",
  "(?:ja )?jestem|(?:já )?jsem|(?:minä )?olen",
  "я|είμαι(?: ο| η)?",
];

/** After a phrase of being only a name is followed by these in small letters. */
export const afterName =
  "and|from|by|the|your|his|her|at|here|again|who|with|of|but|nice|btw|und|aus|von|vom|der|die|dein|deine|ihr|et|de|du|le|la|votre|ton|ta|y|el|e|di|il|da|en|van|uit|och|från|og|fra|i|z|ze|och|o|a|и|из|с|και|από";

/** Words of small letters that stand inside of names. */
export const particles =
  "de|du|des|van|von|vom|der|den|da|do|dos|di|del|della|la|le|al|bin|ibn|el|ter|ten|zu|af|av|y";

/** Titles, which are part of how somebody is called. */
export const titles =
  "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Father|Sister|Brother|Captain|Sir|Lady|Herr|Frau|Monsieur|Madame|Mme|Señor|Señora|Signor|Signora|Pan|Pani";

/** What people write with a capital letter, or at the beginning, and is nobody's name. */
export const noNames: ReadonlySet<string> = new Set(
  `a an the not no nobody no-one noone none just only so very too also still here there back now new same right over
  sure fine ok okay good great well bad sad happy glad sorry tired sick ill hungry cold warm hot ready busy late early
  afraid alone lonely lost old young bored angry scared done home out off on in up down at about afraid all always never
  going coming looking trying thinking feeling wondering getting doing working living writing calling
  wait stay sign stop start sit stand come look listen live live-in work park turn click press go put leave meet eat
  sleep rain snow dark quiet nice lovely is are was it this that what who when where why how if because whatever
  anyone anybody someone somebody everyone everybody everything nothing something anything me you he she we they us
  mum mom mummy mommy dad daddy papa mama grandma grandpa granny god jesus nurse teacher doctor student mother father
  sister brother
  president king queen head chief ceo cto cfo boss captain team staff human ai gpt chatgpt robot machine bot
  catholic protestant muslim christian jewish buddhist hindu atheist orthodox baptist lutheran quaker
  aries taurus gemini virgo libra scorpio sagittarius capricorn aquarius pisces
  monday tuesday wednesday thursday friday saturday sunday christmas easter today tomorrow yesterday tonight
  british scottish welsh swiss yankee texan european african asian latino latina
  important unimportant secret private unknown later crazy mad stupid names anything something taxi cab
  user guest visitor customer client member admin administrator operator assistant player anonymous stranger
  arzt ärztin koch köchin jude jüdin christ däne dänin schwede schwedin pole polin franzose französin brite single fan
  chef oma opa soldat pilot gast freund freundin anwalt wirt zwilling mann frau kind mutter vater schwester bruder
  tante onkel witwe witwer waise sohn tochter nachbar nachbarin bauer student studentin azubi beamter mensch profi
  deutscher deutsche`.split(/\s+/u),
);

/** English words of what somebody or something is end so. */
export const englishEndings =
  /(?:ous|ful|less|[a-z]able|ible|ness|tion|sion|istic|ical|[a-z]{2}(?<!e|am|mm|hm|al|j|sh|y|fr|dr|ar)ed|[bcdfhklmprstvw][bcdfghklmnprstvwz]ing|[a-z]{4}ive)$/u;

/** What somebody is, beyond the words that are common or end so. */
export const englishStates: ReadonlySet<string> = new Set(
  `stuck broke hesitant defiant freezing healing sweating shaking dying panicking selfish feverish sheepish
  crying grieving ashamed hangry thirsty filthy wealthy brave shy colourblind colorblind unemployed vegan drunk sober
  tipsy gay straight bi trans deaf numb dizzy grumpy clumsy groggy sleepy hungover cranky
  moody nervy jumpy weepy queasy nauseous allergic epileptic diabetic autistic asthmatic anaemic dyslexic ecstatic
  bankrupt redundant pregnant reluctant celibate insane upset unwell fit flu homesick lovesick seasick heartbroken
  forlorn unsure aghast livid lonesome awestruck speechless petite bald blond brunette redhead ginger introvert extrovert
  widower bachelor divorcee orphan adoptee veteran immigrant expat refugee newbie rookie freelancer busted knackered
  gutted chuffed vegetarian pescatarian coeliac agnostic pagan mormon hebrew jew sikh zen nonbinary bliss heaven hell
  bonkers bananas nuts ace wicked rubbish`.split(/\s+/u),
);

/** Given names that are common English words too, or places, or end as words do. */
export const givenAmongWords: ReadonlySet<string> = new Set(
  `james mary john robert jennifer michael william elizabeth david richard joseph jessica thomas sarah charles
  christopher daniel matthew anthony mark donald steven paul andrew michelle carol kevin brian george edward
  ronald jason ryan jacob eric jonathan stephen scott frank alexander rachel patrick jack maria tyler aaron
  virginia adam julie henry victoria kelly peter kyle lauren jeremy christian roger carl frances austin
  lawrence jean bryan madison jordan bruce albert wayne danielle marie russell louis charlotte philip hope
  faith april june august summer cliff glen heath brook penny charity will bill art grant chase gene guy nick
  harry buck miles angel martin carrie mari fred hunter carter mason cooper baker taylor marshall prince
  roman sydney georgia israel india ireland chad dallas brooklyn carolina asia cherry dominic brandy owen
  craig ross alex honor patience royal true wilson jackson anderson thompson simon stanley tony antonio allen
  arthur ashley barbara ben benjamin bob charlie chris chuck clark dave diana eddie emily emma eva florence
  francis gary gordon grace greg harold helen howard jake jane jeff jim joan joe johnny josh juan justin
  karen keith kim larry laura leo lewis lily linda lisa luke marcus margaret martha max mike murray nancy
  nathan oliver oscar pam phil ray rick rose ruby sam samuel sean steve stewart susan terry tim todd tom troy
  vincent walter warren adelaide regina samara melissa lourdes santiago lucia ahmed alfred wilfred winifred
  manfred mildred mohammed muhammed hamed javed saeed waheed rasheed majeed naveed sterling erling irving
  fleming harding xiaoming jianming channing manning hamish constant olive clive daisy poppy ivy violet iris
  hazel holly heather pearl jade crystal dawn joy jay robin sandy rusty sunny rocky dale forest reed clay
  skye sky dean earl rosemary basil sage fern jared sofia casey drew rob pat sue kay lee jo al bo ed ty gail
  finn jasper felix mercy constance clement ines phoenix sioned`.split(/\s+/u),
);

/** German nouns of what somebody does or is end so, and are written with a capital letter. */
export const germanNounEndings =
  /(?:er|erin|rin|tin|ist|ent|ant|eur|euse|tor|mann|frau|meister|ling|lose|loser|kraft|hilfe)$/u;

/** Given names that end as these nouns do. */
export const germanNamesAmongNouns: ReadonlySet<string> = new Set(
  `peter alexander walter günter günther gunter rainer reiner dieter oliver werner holger volker jasper kaspar xaver
  heiner jennifer esther ester tyler carter hunter roger xander sander lander wouter pieter martin katrin kathrin
  kristin kirstin christin quentin valentin konstantin augustin justin faustin vincent laurent clement clemens
  hermann tilman hartmut viktor victor hector nestor`.split(/\s+/u),
);

/** Chinese and Japanese, Korean, Arabic and Hebrew: the name is group 1. */
export const otherScripts: readonly RegExp[] = [
  /(?:我叫|我的名字(?:是|叫)|我名叫|我姓名是)\s*(?:做|作)?\s*(?![他她它你您我大什甚啥怎了])([\p{Script=Han}·]{2,4}?|[\p{Lu}][\p{L}]*(?: [\p{Lu}][\p{L}]*){0,2})(?=[，,。.！!；;、~～\s]|$|今年|来自|來自|是|，)/u,
  /(?:叫我|称呼我|稱呼我)\s*(?![他她它你您我大什甚啥怎了])([\p{Script=Han}·]{2,4}?|[\p{Lu}][\p{L}]*)(?:吧|就好|就行|就可以|即可)/u,
  /(?:私|わたし|僕|ぼく|俺|おれ)?の?(?:名前|名)は\s*([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・\s]{1,12}?|[\p{Lu}\p{Ll}]+)\s*(?:です|だ|といいます|と言います|と申します)/u,
  /(?:^|[。、！!,.\s]|は)([\p{Script=Han}\p{Script=Katakana}ー・]{1,10}?|[\p{Lu}\p{Ll}]+)(?:と申します|といいます|と言います|と呼んで)/u,
  /(?:제|내)\s*이름은\s*([\p{Script=Hangul}]{2,5}?)(?:입니다|이에요|예요|이야|야)/u,
  /(?:저는|나는|난)\s*([\p{Script=Hangul}]{2,5}?)(?:이?라고\s*(?:합니다|해요|불러|부르))/u,
  /(?:اسمي|إسمي)\s+(?:هو\s+)?([\p{Script=Arabic}]+(?:\s[\p{Script=Arabic}]+)?)(?=\s*(?:[.،,!؟]|$))/u,
  /(?:שמי|השם שלי(?: הוא)?|קוראים לי)\s+([\p{Script=Hebrew}]+(?:\s[\p{Script=Hebrew}]+)?)(?=\s*(?:[.,!]|$))/u,
];

/** Family names by which “私は…です” and “我是…” are told from what somebody does. */
export const familyNames: Readonly<Record<"ja" | "zh", string>> = {
  ja: "佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|斉藤|清水|山崎|阿部|池田|橋本|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|中野|三浦|原田|中川|松田|竹内|小野|田村|中山|和田|石田|森田|上田|内田|柴田|酒井|宮崎|横山",
  zh: "王|李|张|張|刘|劉|陈|陳|杨|楊|赵|趙|吴|吳|周|徐|孙|孫|朱|郭|何|罗|羅|郑|鄭|梁|谢|謝|宋|唐|许|許|邓|鄧|冯|馮|韩|韓|曹|曾|彭|萧|蔡|潘|袁|董|余|苏|蘇|叶|葉|吕|呂|魏|蒋|蔣|杜|沈|姜|范|傅|钟|鍾|卢|盧|汪|戴|崔|任|陆|陸|廖|姚|谭|譚|邹|鄒|熊|郝|孔|邱|秦|侯|邵|孟|龙|龍|段|钱|錢|汤|湯|尹|黎|易|常|武|乔|喬|贺|賀|赖|賴|龚|龔",
};
