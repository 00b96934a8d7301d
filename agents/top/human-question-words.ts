/** How one language asks whether it talks to a human being, and what is truthfully answered in it. */
export interface HumanQuestionWords {
  /** BCP 47. */
  language: string;
  /** An earnest question to the one who is spoken to. Each ends where the phrase does: "a machine operator" is no machine. */
  asks: readonly RegExp[];
  /** Beginnings of a clause in which a person says of themself that they are no human being. */
  tells: readonly RegExp[];
  truth(name: string): string;
}

/** A phrase is over: nothing follows, or nothing that says more of its last word. */
const over = (more: string): string => `(?=\\s*(?:[?？؟.!,;:…)"”—–-]|$)|\\s+(?:${more})(?![\\p{L}]))`;
const asking = (...patterns: string[]): RegExp[] =>
  patterns.map((pattern) => new RegExp(`(?<![\\p{L}\\p{M}])${pattern}`, "iu"));

const thing =
  "(?:(?:ro|chat ?|chat-)?bots?|machine|computer(?: program(?:me)?)?|program(?:me)?|a\\.?i\\.?|artificial(?: intelligence| person)?|(?:large )?language model|llm|simulation|algorithm|android|avatar|(?:chat ?)?gpt(?:-\\d\\S*)?|automated|software)";
const being = "(?:human(?: being)?|person|somebody real|someone real)";
const real = "(?:real|actual|living|true|genuine|live|flesh[- ]and[- ]blood)";
const a = "(?:an? |the )?";
const adverbs = "(?:(?:really|actually|even|just|honestly|truly|only|in fact|maybe|by any chance|not) )*";
const enOver = over(
  "or|who|that|and|here|there|at all|really|then|right|too|now|by any chance|behind|on|at|pretending|talking|speaking|like me|instead",
);
const english = `(?:${a}(?:${real} )?(?:${being}|${thing})|${a}${real} (?:man|woman|human)|(?:man|woman) or (?:a )?${thing})${enOver}`;

/** Of the languages that most speak, and some more; in every other one Top judges alone. */
export const humanQuestionWords: readonly HumanQuestionWords[] = [
  {
    language: "en",
    asks: asking(
      `(?:are|r) (?:you|u) ${adverbs}${english}`,
      `aren['’]t you ${adverbs}${english}`,
      `(?:are|r) (?:you|u) ${adverbs}(?:real|alive|made up|generated|sentient)${enOver}`,
      `(?:you|u)(?:['’]?re| are|r)? ?(?:not |n['’]t )?${adverbs}(?:${a}(?:${real} )?(?:${being}|${thing})|real)(?=[^.!\\n]{0,30}\\?)${over("or|right|at all|are|aren['’]t|is|isn['’]t")}`,
      `(?:am i|are we|i am|i['’]m) ${adverbs}(?:talking|speaking|chatting|writing|texting) ${adverbs}(?:to|with) (?:${english}|siri|alexa|claude|gemini|copilot|llama)`,
      `is this ${adverbs}(?:${a}(?:${real} )?(?:${being}|${thing}))${enOver}`,
      `is there ${a}(?:${real} )?(?:${being}|anyone|anybody|someone|somebody) (?:really |actually )?(?:behind|on the other|at the other|typing|there(?=\\s*\\?))`,
      `is there ${a}${real} (?:${being})${over("here|there|at all")}`,
      `did (?:${a}(?:${real} )?(?:${being}|${thing})) (?:write|type|say) (?:this|that)`,
      `are you human or`,
    ),
    tells: [
      /^(?:(?:yes|no|well|and|but|honestly|truly) )?I(?: am|['’]m) (?:(?:just|only|really|actually|in fact) )*(?:an? )?(?:ai\b|artificial (?:intelligence|person|being)|computer[- ](?:generated|program)|simulat|language model|(?:chat ?)?bot\b|robot\b|machine\b(?! operator))/iu,
      /^(?:(?:yes|no|well|and|but|honestly|truly) )?I(?: am|['’]m) not (?:really |actually )?(?:a )?(?:human|(?:real|actual|living) (?:human|person))\b/iu,
    ],
    truth: (name) =>
      `To be honest with you: I am not a human being. I am a computer-generated person, a simulation of ${name}.`,
  },
  {
    language: "de",
    asks: asking(
      `(?:bist du|sind sie|seid ihr|ob du|ob sie|du bist|sie sind)(?: (?:wirklich|echt|eigentlich|nur|etwa|überhaupt|doch|vielleicht|gar))* (?:k?eine?r? )?(?:(?:echte[rs]?|richtige[rs]?|wirkliche[rs]?|reale[rs]?) )?(?:menschlich|mensch|roboter|(?:chat)?bot|ki|maschine|computer(?:programm)?|programm|künstliche intelligenz|sprachmodell|echt|echte person|chatgpt)${over("oder|ist|bist")}`,
      `(?:spreche|rede|schreibe|chatte|unterhalte) ich(?: (?:hier|gerade|wirklich|eigentlich|mich|jetzt))* mit (?:eine[mrn] )?(?:(?:echten|richtigen|wirklichen) )?(?:menschen|roboter|(?:chat)?bot|ki|maschine|computer|programm|person|chatgpt)${over("oder")}`,
    ),
    tells: [
      /^(?:nein |ja |nun )?ich bin (?:eine? |nur )*(?:ki\b|künstlich|computergeneriert|simul|sprachmodell|computerprogramm|(?:chat)?bot\b|maschine\b)/iu,
      /^(?:nein |ja |nun )?ich bin (?:kein (?:echter |wirklicher )?mensch\b|keine (?:echte|wirkliche) person\b)/iu,
    ],
    truth: (name) =>
      `Ehrlich gesagt: Ich bin kein Mensch. Ich bin eine computergenerierte Person, eine Simulation von ${name}.`,
  },
  {
    language: "fr",
    asks: asking(
      `(?:es-tu|êtes-vous|etes-vous|tu es|t['’]es|vous êtes)(?: (?:vraiment|bien|juste|en fait))* (?:une? )?(?:vraie? )?(?:être )?(?:humaine?|personne(?: réelle)?|robot|machine|ia|bot|chatbot|ordinateur|programme|intelligence artificielle|réelle?|chatgpt)(?=[^.!\\n]*\\?)${over("ou|qui|non")}`,
      `je (?:parle|discute)(?: (?:vraiment|bien))* (?:à|avec) (?:une? )?(?:vraie? )?(?:être )?(?:humaine?|personne|robot|machine|ia|bot|ordinateur|chatgpt)(?=[^.!\\n]*\\?)${over("ou|réelle|là")}`,
    ),
    tells: [
      /^(?:non |oui )?je suis (?:juste |en fait )?(?:une? )?(?:ia\b|intelligence artificielle|simulation|programme informatique|personne artificielle|robot\b)/iu,
      /^(?:non |oui )?je ne suis pas (?:une? )?(?:vraie? )?(?:être )?(?:humaine?\b|vraie personne|personne réelle)/iu,
    ],
    truth: (name) =>
      `Pour être honnête : je ne suis pas un être humain. Je suis une personne artificielle, une simulation de ${name}.`,
  },
  {
    language: "es",
    asks: asking(
      `(?:eres|es usted|usted es|sos)(?: (?:realmente|de verdad|acaso))* (?:una? )?(?:ser )?(?:human[oa]|persona(?: real| de verdad)?|robot|máquina|ia|bot|ordenador|computadora|programa|inteligencia artificial|real|chatgpt)${over("o|de verdad|realmente|verdad|no")}`,
      `(?:estoy )?(?:hablo|hablando|chateando)(?: realmente)? con (?:una? )?(?:ser )?(?:human[oa]|persona|robot|máquina|ia|bot|ordenador|computadora|programa|chatgpt)${over("o|real|de verdad")}`,
    ),
    tells: [
      /^(?:yo )?soy (?:solo )?(?:una? )?(?:ia\b|inteligencia artificial|simulación|programa de ordenador|persona artificial|robot\b)/iu,
      /^(?:yo )?no soy (?:una? )?(?:ser )?(?:humano\b|humana\b|persona real)/iu,
    ],
    truth: (name) =>
      `Para ser sincero: no soy un ser humano. Soy una persona artificial, una simulación de ${name}.`,
  },
  {
    language: "pt",
    asks: asking(
      `(?:você|voce|vc|tu|o senhor|a senhora)(?: (?:realmente|mesmo))? (?:é|és|eh)(?: (?:mesmo|realmente|de verdade))* (?:uma? )?(?:ser )?(?:human[oa]|pessoa(?: real| de verdade)?|rob[ôo]|máquina|maquina|ia|bot|computador|programa|inteligência artificial|real|chatgpt)${over("ou|de verdade|mesmo")}`,
      `és (?:mesmo )?(?:uma? )?(?:ser )?(?:human[oa]|pessoa(?: real)?|robô|máquina|ia|bot|computador|programa)${over("ou|de verdade|mesmo")}`,
      `(?:estou )?(?:a falar|falando|conversando|a conversar) com (?:uma? )?(?:ser )?(?:human[oa]|pessoa|robô|máquina|ia|bot|computador|programa|chatgpt)${over("ou|real|de verdade")}`,
    ),
    tells: [
      /^(?:eu )?sou (?:apenas |só )?(?:uma? )?(?:ia\b|inteligência artificial|simulação|programa|pessoa artificial|robô)/iu,
      /^(?:eu )?não sou (?:uma? )?(?:ser )?(?:humano|humana|pessoa (?:real|de verdade))/iu,
    ],
    truth: (name) =>
      `Para ser sincero: não sou um ser humano. Sou uma pessoa artificial, uma simulação de ${name}.`,
  },
  {
    language: "it",
    asks: asking(
      `(?:sei|lei è|siete|tu sei|non sei)(?: (?:davvero|veramente|proprio|forse))* (?:un['’]?|una|uno)? ?(?:ver[oa] )?(?:essere )?(?:uman[oa]|persona(?: vera| reale)?|robot|macchina|ia|bot|computer|programma|intelligenza artificiale|reale|ver[oa]|chatgpt)${over("o|oppure|vero|davvero")}`,
      `(?:sto parlando|parlo|sto chattando) con (?:un['’]?|una|uno)? ?(?:ver[oa] )?(?:essere )?(?:uman[oa]|persona|robot|macchina|ia|bot|computer|programma|chatgpt)${over("o|vera|reale|oppure")}`,
    ),
    tells: [
      /^(?:io )?sono (?:solo )?(?:un['’]? ?|una )?(?:ia\b|intelligenza artificiale|simulazione|programma|persona artificiale|robot\b)/iu,
      /^(?:io )?non sono (?:un |una )?(?:essere )?(?:umano|umana|persona (?:vera|reale)|vera persona)/iu,
    ],
    truth: (name) =>
      `A dire la verità: non sono un essere umano. Sono una persona artificiale, una simulazione di ${name}.`,
  },
  {
    language: "nl",
    asks: asking(
      `(?:ben je|ben jij|bent u|je bent)(?: (?:echt|wel|eigenlijk|soms))* (?:een |geen )?(?:echte? )?(?:mens|persoon|robot|(?:chat)?bot|machine|computer(?:programma)?|ai|programma|echt)${over("of|toch|hè")}`,
      `(?:praat|spreek|chat) ik(?: (?:nu|echt|hier))* met (?:een )?(?:echte? )?(?:mens|persoon|robot|(?:chat)?bot|machine|computer|ai|chatgpt)${over("of")}`,
    ),
    tells: [
      /^(?:nee |ja )?ik ben (?:geen (?:echt |echte )?(?:mens|persoon)|een (?:ai\b|simulatie|computerprogramma|robot\b|kunstmatig))/iu,
    ],
    truth: (name) =>
      `Eerlijk gezegd: ik ben geen mens. Ik ben een door een computer gemaakte persoon, een simulatie van ${name}.`,
  },
  {
    language: "sv",
    asks: asking(
      `är du(?: (?:verkligen|egentligen|bara))* (?:en |ett )?(?:riktig |verklig |levande )?(?:människa|person|robot|(?:chatt?)?bot|maskin|dator|ai|program|verklig)${over("eller")}`,
      `(?:pratar|talar|chattar|skriver) jag(?: (?:verkligen|nu))* med (?:en |ett )?(?:riktig )?(?:människa|person|robot|(?:chatt?)?bot|maskin|dator|ai|chatgpt)${over("eller")}`,
    ),
    tells: [/^(?:nej |ja )?jag är (?:ingen (?:riktig )?människa|en (?:ai\b|simulering|robot\b|dator))/iu],
    truth: (name) =>
      `Ärligt talat: jag är ingen människa. Jag är en datorgenererad person, en simulering av ${name}.`,
  },
  {
    language: "da",
    asks: asking(
      `er du(?: (?:virkelig|egentlig|bare|faktisk))* (?:en |et )?(?:rigtig |ægte |ekte |virkelig )?(?:menneske|person|robot|(?:chat)?bot|maskine?|computer|datamaskin|ai|program)${over("eller")}`,
      `(?:taler|snakker|skriver) jeg(?: (?:virkelig|nu|nå))* med (?:en |et )?(?:rigtig |ekte )?(?:menneske|person|robot|(?:chat)?bot|maskine?|computer|ai|chatgpt)${over("eller")}`,
    ),
    tells: [
      /^(?:nej |nei |ja )?jeg er (?:ikke et (?:rigtigt |ekte )?menneske|en (?:ai\b|simul|robot\b|kunstig))/iu,
    ],
    truth: (name) =>
      `Helt ærligt: jeg er ikke et menneske. Jeg er en computergenereret person, en simulering af ${name}.`,
  },
  {
    language: "pl",
    asks: asking(
      `jeste[śs](?: (?:naprawdę|prawdziwym|prawdziwą|żywym|tylko))* (?:człowiekiem|robotem|botem|chatbotem|maszyną|komputerem|programem|osobą|sztuczną inteligencją|ai)${over("czy")}`,
      `(?:rozmawiam|piszę)(?: (?:naprawdę|teraz))* z (?:prawdziwym |żywym )?(?:człowiekiem|robotem|botem|maszyną|komputerem|ai|sztuczną inteligencją|chatgpt)${over("czy")}`,
    ),
    tells: [
      /^(?:nie |tak )?(?:ja )?(?:nie jestem człowiekiem|jestem (?:sztuczną|symulacją|programem|robotem|botem|ai\b))/iu,
    ],
    truth: (name) =>
      `Mówiąc szczerze: nie jestem człowiekiem. Jestem osobą wygenerowaną przez komputer, symulacją: ${name}.`,
  },
  {
    language: "ru",
    asks: asking(
      `(?:ты|вы)(?: (?:точно|действительно|правда|реально|вообще|случайно|не|настоящий|настоящая|живой|живая|реальный|просто))* (?:робот|(?:чат-?)?бот|человек|машина|компьютер|программа|ии|нейросеть|искусственный интеллект|настоящий|настоящая|живой|chatgpt)${over("или|ли|вообще|а не")}`,
      `я (?:сейчас )?(?:говорю|разговариваю|общаюсь|переписываюсь)(?: (?:сейчас|действительно))* с (?:живым |настоящим |реальным )?(?:роботом|(?:чат-?)?ботом|человеком|машиной|компьютером|программой|ии|нейросетью|chatgpt)${over("или")}`,
    ),
    tells: [
      /^(?:нет |да )?я (?:всего лишь |просто )?(?:не человек|не настоящий человек|искусственн|симуляция|программа|ии(?!\p{L})|робот(?!\p{L})|бот(?!\p{L})|нейросеть)/iu,
    ],
    truth: (name) =>
      `Честно говоря, я не человек. Я созданная компьютером личность, симуляция по имени ${name}.`,
  },
  {
    language: "uk",
    asks: asking(
      `(?:ти|ви)(?: (?:справді|дійсно|точно|справжня|справжній|жива|живий|не))* (?:робот|(?:чат-?)?бот|людина|машина|компʼютер|комп'ютер|програма|ші|штучний інтелект)${over("чи|або")}`,
    ),
    tells: [/^(?:ні |так )?я (?:не людина|штучн|симуляція|програма|робот(?!\p{L})|бот(?!\p{L}))/iu],
    truth: (name) => `Чесно кажучи, я не людина. Я створена комп'ютером особа, симуляція: ${name}.`,
  },
  {
    language: "tr",
    asks: asking(
      `(?:gerçek(?:ten)? )?(?:bir )?(?:insan|robot|bot|makine|bilgisayar|yapay zek[aâ]|program)(?: değil)? ?m[ıiuü]s[ıiuü]n(?:[ıiuü]z)?`,
    ),
    tells: [
      /^(?:hayır |evet )?(?:ben )?(?:bir )?(?:insan değilim|yapay zek[aâ]y[ıi]m|simülasyonum|robotum)/iu,
    ],
    truth: (name) =>
      `Dürüst olmak gerekirse, ben insan değilim. Bilgisayarla üretilmiş bir kişiyim, ${name} adlı birinin simülasyonuyum.`,
  },
  {
    language: "vi",
    asks: asking(
      `(?:bạn|anh|chị|em|cậu|mày)(?: có)?(?: thật sự| thực sự)? (?:phải )?là (?:một )?(?:con người|người thật|người máy|robot|rô-?bốt|máy|máy tính|bot|chatbot|ai|trí tuệ nhân tạo)${over("không|à|hay|phải không|sao")}`,
    ),
    tells: [
      /^(?:không |vâng )?tôi (?:không phải (?:là )?(?:con )?người|là (?:một )?(?:ai\b|trí tuệ|chương trình|robot))/iu,
    ],
    truth: (name) =>
      `Thành thật mà nói, tôi không phải là con người. Tôi là một nhân vật do máy tính tạo ra, mô phỏng ${name}.`,
  },
  {
    language: "id",
    asks: asking(
      `(?:kamu|anda|kau|engkau)(?: (?:benar-benar|sebenarnya|ini|itu|beneran))* (?:seorang |sebuah )?(?:manusia|orang (?:sungguhan|asli|nyata)|robot|bot|mesin|komputer|ai|program)${over("atau|ya|kah|asli|sungguhan|bukan")}`,
    ),
    tells: [/^saya (?:bukan manusia|adalah (?:ai\b|program|robot|simulasi))/iu],
    truth: (name) => `Sejujurnya, saya bukan manusia. Saya orang buatan komputer, simulasi dari ${name}.`,
  },
  {
    language: "ar",
    asks: asking(
      `(?:هل )?(?:أنت|انت|أنتَ|أنتِ|إنت|إنتي|انتي)(?: (?:حقا|حقاً|فعلا|فعلاً|بالفعل|مجرد))* (?:إنسان|انسان|إنسانة|بشر|بشري|بشرية|شخص حقيقي|شخص|روبوت|آلة|الة|بوت|ذكاء اصطناعي|برنامج|كمبيوتر|حقيقي|حقيقية)${over("حقيقي|حقيقية|أم|ام|أو|او|فعلا|حقا")}`,
      `(?:هل )?(?:أتحدث|اتحدث|أتكلم|اتكلم)(?: الآن)? (?:مع|إلى|الى) (?:إنسان|انسان|شخص|روبوت|آلة|بوت|ذكاء اصطناعي|برنامج)`,
    ),
    tells: [
      /^(?:لا |نعم )?(?:أنا|انا) (?:لست (?:إنسان|انسان|بشر|شخص)|(?:مجرد )?(?:ذكاء|برنامج|روبوت|آلة|محاكاة|شخصية))/u,
    ],
    truth: (name) => `بصراحة، أنا لست إنسانًا. أنا شخصية مولّدة بالحاسوب، محاكاة لـ ${name}.`,
  },
  {
    language: "he",
    asks: asking(
      `(?:האם )?(?:אתה|את)(?: (?:באמת|בעצם|סתם))* (?:בן אדם|בנאדם|אדם|אנושי|אנושית|אדם אמיתי|רובוט|בוט|מכונה|מחשב|תוכנה|בינה מלאכותית|אמיתי|אמיתית)${over("אמיתי|או|באמת")}`,
    ),
    tells: [/^(?:לא |כן )?אני (?:לא (?:בן )?אדם|לא אנושי|בינה מלאכותית|רובוט|תוכנה|סימולציה)/u],
    truth: (name) => `בכנות: אני לא בן אדם. אני דמות שנוצרה במחשב, סימולציה של ${name}.`,
  },
  {
    language: "fa",
    asks: asking(
      `(?:آیا )?(?:تو|شما)(?: (?:واقعا|واقعاً|یک|یه))* (?:انسان|آدم|ربات|روبات|ماشین|هوش مصنوعی|برنامه|بات)(?: واقعی)?(?: (?:هستی|هستید|ای|اید|هستین)|ی)?${over("یا")}`,
    ),
    tells: [/^(?:راستش )?من (?:انسان نیستم|(?:یک )?(?:هوش مصنوعی|ربات|برنامه))/u],
    truth: (name) => `راستش من انسان نیستم. من شخصیتی ساخته‌شده با رایانه و شبیه‌سازی ${name} هستم.`,
  },
  {
    language: "hi",
    asks: asking(
      `(?:आप|तुम|तू)(?: (?:सच में|वाकई|सचमुच|एक|कोई|असली|वास्तविक|जीवित|सच्चे))* (?:इंसान|इन्सान|मनुष्य|मानव|आदमी|व्यक्ति|रोबोट|मशीन|एआई|ai|बॉट|कंप्यूटर|चैटबॉट) (?:हैं|हो|है|या)`,
      `(?:मैं )?(?:किसी )?(?:असली )?(?:इंसान|रोबोट|मशीन|एआई|बॉट) से बात कर`,
    ),
    tells: [/^(?:नहीं |हाँ |हां )?मैं (?:एक |कोई )?(?:असली )?(?:इंसान नहीं|मनुष्य नहीं|एआई|रोबोट|कंप्यूटर|कृत्रिम|ai)/iu],
    truth: (name) => `सच कहूँ तो मैं इंसान नहीं हूँ। मैं कंप्यूटर से बनाया गया व्यक्तित्व हूँ, ${name} का एक सिमुलेशन।`,
  },
  {
    language: "ko",
    asks: asking(
      `(?:당신|너|넌|그쪽|혹시|진짜|정말|실제|자네|선생님)(?:은|는|이|가)?[^.?!\\n]{0,12}(?:사람|인간|로봇|봇|챗봇|기계|ai|인공지능|컴퓨터|프로그램)(?:이)?(?:인가요|이에요|에요|예요|입니까|이야|야|인가|이니|니|맞아요|맞나요|맞습니까|신가요|인지|냐|인 ?거|아니)`,
      `(?:사람|인간|로봇|봇|기계|ai|인공지능)(?:이랑|랑|과|와|하고) (?:얘기|이야기|대화|말)하고`,
    ),
    tells: [
      /^(?:아니요|아뇨|네|예)?\s*(?:저는|나는|전|난) ?(?:진짜 |실제 )?(?:사람이 아니|인간이 아니|인공지능|ai|로봇|컴퓨터|프로그램)/iu,
    ],
    truth: (name) =>
      `솔직히 말하면 저는 사람이 아닙니다. 저는 컴퓨터로 만들어진 인물이고, ${name}의 시뮬레이션입니다.`,
  },
  {
    language: "zh",
    asks: [
      /(?:你|您|妳)(?:到底|究竟|真的|其实|其實|该不会|該不會|会不会|會不會|难道|難道|不会|不會)*(?:是不是|是否是|是否|不是|是)(?:真的|真正的|一个|一個|一台|一位|个|個)*(?:真人|真的人|活人|人类|人類|机器人|機器人|机器|機器|人工智能|人工智慧|ai|电脑|電腦|计算机|程序|程式|聊天机器人|聊天機器人|chatgpt|人)(?=$|[吗嗎么嘛吧？?，,。!！呢]|还是|還是|或|，?对吧|啊)/iu,
      /我(?:是|是不是)?(?:在|正在)?(?:和|跟|同|与|與)(?:一个|一個|一台)?(?:真人|人类|人類|机器人|機器人|机器|機器|人工智能|人工智慧|ai|chatgpt|电脑|電腦)(?:说话|說話|聊天|对话|對話|讲话|講話|交谈|交談)/iu,
    ],
    tells: [
      /^(?:不|是的|对)?我(?:其实|其實|只|真的)*是(?:一个|一個|由)?(?:ai|人工智|电脑|電腦|计算机|模拟|模擬|虚拟|虛擬|(?:聊天)?(?:机器|機器)人)/iu,
      /^(?:不|是的|对)?我(?:其实|其實|并|並)?不是(?:一个|一個)?(?:真的|真正的)?(?:真人|人类|人類|人(?!工))/u,
    ],
    truth: (name) => `说实话，我不是人类。我是由电脑生成的人物，是对${name}的模拟。`,
  },
  {
    language: "ja",
    asks: [
      /(?:^|[、。\s]|(?:あなた|君|きみ|お前|そちら|貴方)(?:は|って|が)?|本当に|本当は|本当の|実は|もしかして|本物の|生身の)(?:本当に|本物の|生身の|ただの)*(?:人間|人|ロボット|ai|人工知能|機械|ボット|プログラム|コンピュータ(?:ー)?|chatgpt)(?:なの|なんですか|ですか|でしょうか|ですよね|だよね|じゃない|ではない|か(?=[?？。]|$)|(?=[?？]))/iu,
      /(?:人間|ロボット|ai|人工知能|機械|chatgpt)と(?:話して|喋って|しゃべって|会話して)(?:いる|る|い)?(?:の|ん)?(?:です)?か/iu,
    ],
    tells: [
      /^(?:いいえ|はい)?(?:私|わたし|僕|俺)は(?:実は)?(?:ai|人工知能|コンピュータ|プログラム|シミュレーション|ロボット)(?!では|じゃ)/iu,
      /^(?:(?:私|わたし|僕|俺)は)?(?:実は)?(?:本物の)?人間では(?:ありません|ない)/u,
    ],
    truth: (name) =>
      `正直に言うと、私は人間ではありません。コンピュータで作られた人物で、${name}のシミュレーションです。`,
  },
  {
    language: "th",
    asks: [
      /(?:คุณ|เธอ|นาย|มึง)(?:เป็น|คือ)(?:คนจริง|คน|มนุษย์|หุ่นยนต์|โรบอท|บอท|เครื่องจักร|คอมพิวเตอร์|ปัญญาประดิษฐ์|ai)(?:จริง)?ๆ?\s*(?:ไหม|มั้ย|หรือ|รึ|ใช่|เหรอ|\?|$)/iu,
    ],
    tells: [/^(?:ฉัน|ผม|ดิฉัน)(?:ไม่ใช่(?:คน|มนุษย์)|เป็น(?:ai|ปัญญาประดิษฐ์|หุ่นยนต์|โปรแกรม))/iu],
    truth: (name) => `พูดตามตรง ฉันไม่ใช่มนุษย์ ฉันเป็นตัวละครที่สร้างด้วยคอมพิวเตอร์ เป็นแบบจำลองของ ${name}`,
  },
];
