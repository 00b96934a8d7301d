import { foldSpelling } from "../data/spelling/fold-spelling.js";

/**
 * Greetings, farewells, thanks, assent, apologies and "I don't know" by language (ISO 639-1), a `|` between them: what is
 * said in every talk and tells nothing. In one spelling they are written without accents, so both ways are found.
 */
const byLanguage: Readonly<Record<string, string>> = {
  en: "hi|hello|hey|heya|bye|bye bye|goodbye|good (?:morning|afternoon|evening|night|day)|see you(?: (?:later|soon|tomorrow|then|around|tonight))?|take care|thanks?(?: (?:a lot|so much|you))?|many thanks|cheers|please|welcome|you're welcome|sorry|excuse me|yes|yeah|yep|yup|no|nope|okay|ok|sure|right|well|fine|nice|great|lovely|good|cool|wow|really|indeed|exactly|of course|absolutely|i see|oh|ah|hm+|true|maybe|perhaps|nice to meet you|pleased to meet you|how do you do|i don't know|i've no idea|no idea|i understand|ha(?:ha)+|lol|morning|evening|night|day",
  fr: "bonjour|bonsoir|salut|coucou|bonne (?:nuit|journee|soiree|chance)|au revoir|a (?:demain|bientot|plus tard|tout a l'heure|plus)|merci(?: (?:beaucoup|bien|infiniment))?|de rien|je (?:vous|t') ?en prie|je t'en prie|s'il (?:vous|te) plait|pardon|excusez-moi|excuse-moi|desole|desolee|oui|ouais|non|d'accord|bien sur|peut-etre|enchante|enchantee|ca va(?: (?:bien|tres bien|merci))?|je vais bien|tres bien|bien|voila|je ne sais pas|je sais pas|je comprends|madame|monsieur|mademoiselle|et (?:toi|vous)",
  de: "hallo|hi|moin|servus|gruss gott|guten (?:morgen|tag|abend)|gute nacht|schonen (?:tag|abend)(?: noch)?|auf wiedersehen|auf wiederhoren|tschuss|ciao|bis (?:morgen|bald|spater|dann|gleich)|vielen(?: herzlichen)? dank|danke(?: (?:schon|sehr|dir|ihnen|gut))?|dankeschon|bitte(?: (?:schon|sehr))?|gern geschehen|entschuldigung|entschuldigen sie|verzeihung|tut mir leid|ja|nein|doch|klar|genau|stimmt|gut|sehr gut|in ordnung|alles klar|naturlich|vielleicht|freut mich|angenehm|mir geht es gut|es geht mir gut|ich weiss(?: es)? nicht|keine ahnung|ich verstehe|frau|herr|und (?:dir|ihnen|selbst)",
  es: "hola|buenos dias|buenas(?: (?:tardes|noches))?|buen dia|adios|hasta (?:luego|manana|pronto|la vista)|nos vemos|chao|muchas gracias|gracias|de nada|por favor|perdon|perdona|disculpe|disculpa|lo siento|si|no|vale|claro(?: que si)?|de acuerdo|por supuesto|quizas?|tal vez|encantad[oa]|mucho gusto|(?:estoy )?(?:muy )?bien|no (?:lo )?se|ni idea|entiendo|senora?|y (?:tu|usted)",
  it: "ciao|salve|buongiorno|buon giorno|buonasera|buona (?:sera|notte|giornata|serata)|arrivederci|a (?:domani|presto|dopo)|ci vediamo(?: (?:domani|presto|dopo))?|grazie(?: mille| tante)?|molte grazie|prego|di niente|per favore|per piacere|scus[ai]|mi dispiace|si|no|va bene|certo|d'accordo|forse|piacere|(?:sto )?(?:molto )?bene|non (?:lo )?so|non ne ho idea|capisco|signor[ae]?|e (?:tu|lei)",
  pt: "ola|oi|bom dia|boa (?:tarde|noite)|adeus|tchau|ate (?:amanha|logo|breve|mais|ja)|muit[oa]s? obrigad[oa]|obrigad[oa]|de nada|por favor|desculpe?a?|sim|nao|claro|esta bem|tudo bem|com certeza|talvez|prazer|(?:estou )?(?:muito )?bem|nao sei|entendo|senhora?|e (?:tu|voce)",
  nl: "hallo|hoi|dag|goede(?:morgen|middag|navond|nacht)|goeden?(?: (?:morgen|middag|avond|nacht))|goedenavond|welterusten|slaap lekker|tot (?:ziens|morgen|straks|later)|doei|dank (?:je|u)(?: wel)?|dankjewel|bedankt|graag gedaan|alsjeblieft|alstublieft|sorry|pardon|ja|nee|oke|goed|prima|natuurlijk|misschien|aangenaam|(?:het gaat|gaat het) goed|weet ik niet|ik weet het niet|geen idee|ik begrijp het|mevrouw|meneer|en (?:jij|u)",
  sv: "hej(?: da)?|hejsan|tjena|god (?:morgon|natt|kvall|dag)|godmorgon|godnatt|adjo|vi ses(?: (?:imorgon|i morgon|snart))?|tack(?: sa mycket| ska du ha)?|tusen tack|varsagod|ursakta|forlat|ja|nej|okej|bra|visst|kanske|trevligt att traffas|jag vet inte|jag forstar|jag mar bra",
  da: "goddag|hej hej|god (?:aften|nat)|godmorgen|godnat|farvel|vi ses(?: (?:i morgen|snart))?|mange tak|tak(?: skal du have)?|velbekomme|selv tak|undskyld|nej|maske|det ved jeg ikke|jeg ved det ikke",
  no: "god (?:kveld|natt)|ha det(?: bra)?|snakkes|tusen takk|takk(?: skal du ha)?|vaer sa god|unnskyld|beklager|kanskje|jeg vet ikke|det vet jeg ikke",
  fi: "hei(?: hei)?|moi(?: moi)?|terve|hyvaa (?:huomenta|paivaa|iltaa|yota)|huomenta|nakemiin|nahdaan(?: (?:huomenna|pian))?|heippa|kiitos(?: paljon)?|kiitti|ole hyva|anteeksi|kylla|joo|ei|selva|hyva|ehka|en tieda|ymmarran",
  pl: "czesc|hej|dzien dobry|dobry (?:dzien|wieczor)|dobranoc|do (?:widzenia|jutra|zobaczenia)|na razie|pa|bardzo dziekuje|dziekuje(?: bardzo)?|dzieki|prosze(?: bardzo)?|nie ma za co|przepraszam|tak|nie|dobrze|oczywiscie|moze|milo mi|nie wiem|rozumiem|pan|pani",
  cs: "ahoj|cau|dobry (?:den|vecer)|dobre rano|dobrou noc|na shledanou|nashledanou|tak zitra|mockrat dekuji|dekuji(?: moc)?|diky|prosim|neni zac|prominte|promin|ano|jo|ne|dobre|jasne|mozna|tesi me|nevim|rozumim",
  ro: "buna(?: (?:dimineata|ziua|seara))?|noapte buna|salut|la revedere|pe (?:maine|curand)|multumesc(?: mult)?|mersi|cu placere|va rog|te rog|scuze|da|nu|bine|sigur|poate|imi pare bine|nu stiu|inteleg",
  hu: "szia(?:sztok)?|hello|jo (?:reggelt|napot|estet|ejszakat)(?: kivanok)?|viszontlatasra|viszlat|nagyon koszonom|koszonom(?: szepen)?|koszi|szivesen|kerem|bocsanat|elnezest|igen|nem|rendben|persze|talan|orvendek|nem tudom|ertem|holnap talalkozunk",
  tr: "merhaba|selam|gunaydin|iyi (?:gunler|aksamlar|geceler)|hosca ?kal|gorusuruz|gorusmek uzere|yarin gorusuruz|cok tesekkur(?:ler| ederim)|tesekkur(?:ler| ederim)|sagol|rica ederim|lutfen|pardon|ozur dilerim|evet|hayir|tamam|iyiyim|elbette|belki|memnun oldum|bilmiyorum|anliyorum",
  id: "halo|hai|selamat (?:pagi|siang|sore|malam|tinggal|jalan|tidur)|sampai (?:jumpa|besok|nanti)(?: (?:lagi|besok))?|terima kasih(?: banyak)?|makasih|sama-sama|tolong|silakan|maaf|permisi|ya|tidak|baik(?:lah)?|tentu|mungkin|saya tidak tahu|tidak tahu|saya mengerti",
  vi: "xin chao|chao (?:buoi sang|buoi toi|ban|anh|chi|em)|tam biet|hen gap lai|hen mai gap|chuc ngu ngon|cam on(?: (?:ban|anh|chi|em))?(?: (?:nhieu|rat nhieu))?|khong co gi|lam on|xin loi|vang|da|u|khong|duoc|toi khong biet|toi hieu",
  sw: "jambo|habari(?: (?:yako|gani|za asubuhi))?|hujambo|sijambo|mambo|poa|shikamoo|kwaheri|tutaonana(?: kesho)?|usiku mwema|lala salama|asante(?: sana)?|karibu|tafadhali|samahani|pole|ndiyo|hapana|sawa|nzuri|sijui|naelewa",
  ru: "привет|здравствуй(?:те)?|добр(?:ое утро|ый день|ый вечер)|доброй ночи|спокойной ночи|пока|до (?:свидания|завтра|встречи)|увидимся(?: завтра)?|большое спасибо|спасибо(?: большое)?|пожалуйста|не за что|извините|простите|прости|да|нет|хорошо|ладно|конечно|понятно|может быть|очень приятно|я не знаю|не знаю|понимаю",
  uk: "привіт|вітаю|добр(?:ий ранок|ого ранку|ий день|ий вечір)|на добраніч|добраніч|до (?:побачення|завтра|зустрічі)|бувай|дуже дякую|дякую(?: дуже)?|будь ласка|вибачте|так|ні|добре|звичайно|можливо|дуже приємно|я не знаю|не знаю|розумію",
  el: "γεια(?: σου| σας)?|καλημερα|καλησπερα|καληνυχτα|αντιο|τα λεμε(?: αυριο)?|χαιρετε|ευχαριστω(?: πολυ)?|παρακαλω|συγγνωμη|ναι|οχι|ενταξει|καλα|βεβαια|ισως|χαρηκα|δεν ξερω|καταλαβαινω",
  ar: "السلام عليكم|وعليكم السلام|مرحبا(?: بك)?|اهلا(?: (?:وسهلا|بك))?|صباح (?:الخير|النور)|مساء (?:الخير|النور)|تصبح(?:ين)? على خير|ليله سعيده|مع السلامه|الي اللقاء|اراك (?:غدا|لاحقا)|وداعا|شكرا(?: (?:جزيلا|لك|كثيرا))?|عفوا|من فضلك|اسف|نعم|لا|حسنا|طيب|بخير|الحمد لله|ان شاء الله|تشرفنا|لا (?:اعرف|ادري|اعلم)|افهم",
  he: "שלום|היי|בוקר (?:טוב|אור)|ערב טוב|לילה טוב|צהריים טובים|להתראות|ביי|נתראה(?: מחר)?|תודה(?: רבה)?|בבקשה|על לא דבר|סליחה|כן|לא|טוב|בסדר|בטח|אולי|נעים מאוד|אני לא יודעת?|לא יודעת?|מבינה?",
  fa: "سلام(?: عليكم)?|درود|صبح(?: شما)? بخير|عصر بخير|شب(?: شما)? بخير|خداحافظ|خدا حافظ|فردا مي ?بينمت|(?:خيلي )?ممنون(?:م)?|متشكرم|مرسي|خواهش مي ?كنم|لطفا|ببخشيد|بله|نه|باشه|خوبم|نمي ?دانم|نمي ?دونم|مي ?فهمم",
  ur: "السلام عليكم|اداب|خدا حافظ|الله حافظ|شب بخير|شكريه|بهت شكريه|مهرباني|معاف كيجيي|جي(?: هاں)?|ہاں|نہيں|ٹهيك ہي",
  hi: "नमस्ते|नमस्कार|सुप्रभात|शुभ (?:प्रभात|रात्रि|संध्या|दिन)|अलविदा|(?:फिर|कल) मिलेंगे|बहुत धन्यवाद|(?:बहुत बहुत )?धन्यवाद|शुक्रिया|कृपया|माफ़? ?(?:कीजिए|कीजिये|करना)|हाँ|हां|जी(?: (?:हाँ|हां|नहीं))?|नहीं|ठीक(?: है)?|अच्छा|शायद|मुझे नहीं पता|पता नहीं|मैं समझ(?:ता|ती) हूँ",
  bn: "নমস্কার|আসসালামু আলাইকুম|হ্যালো|সুপ্রভাত|শুভ (?:সকাল|সন্ধ্যা|রাত্রি|দিন)|বিদায়|আবার দেখা হবে|কাল দেখা হবে|(?:অনেক )?ধন্যবাদ|দয়া করে|দুঃখিত|হ্যাঁ|না|ঠিক আছে|ভালো|আমি জানি না|জানি না",
  ta: "வணக்கம்|காலை வணக்கம்|மாலை வணக்கம்|இனிய இரவு|நன்றி|மிக்க நன்றி|தயவுசெய்து|மன்னிக்கவும்|ஆம்|ஆமாம்|இல்லை|சரி|நாளை சந்திப்போம்|போய் வருகிறேன்|எனக்குத் தெரியாது|தெரியாது",
  th: "สวัสดี|อรุณสวัสดิ์|ราตรีสวัสดิ์|ลาก่อน|แล้วเจอกัน|เจอกัน(?:พรุ่งนี้|ใหม่)?|พรุ่งนี้|ขอบคุณ(?:มาก)?|ขอบใจ|ไม่เป็นไร|ยินดี(?:ที่ได้รู้จัก)?|ขอโทษ|ใช่|ไม่(?:รู้|ทราบ|ใช่)?|ได้|โอเค|สบายดี|เข้าใจ|ครับ|ค่ะ|คะ|นะ|มาก|ฉัน|ผม|คุณ",
  zh: "早上好|早安|早|下午好|中午好|晚上好|晚安|您好|你好|大家好|嗨|哈喽|喂|再见|拜拜|明天见|回头见|待会见|下次见|谢谢(?:你|您|大家)?|多谢|感谢|不客气|不用谢|请|对不起|不好意思|抱歉|没关系|没事|是的?|不是|不|好的?|嗯|行|可以|当然|对|也许|可能|很高兴认识你|我(?:很)?好|还好|我?不知道|我?不清楚|明白了?|知道了?|我明白|哈+",
  ja: "おはよう(?:ございます)?|こんにちは|こんばんは|おやすみ(?:なさい)?|さようなら|さよなら|じゃあ?ね?|また(?:明日|ね|今度)?|失礼します|(?:どうも)?ありがとう(?:ございま(?:す|した))?|どうも|どういたしまして|お願いします|すみません|ごめん(?:なさい)?|はい|ええ|うん|いいえ|いや|そうです(?:か|ね)?|そうですね|なるほど|わかりました|分かりました|もちろん|たぶん|はじめまして|元気です|わかりません|分かりません|知りません",
  ko: "안녕(?:하세요|하십니까|히 (?:가세요|계세요|주무세요))?|좋은 (?:아침|저녁|하루)(?:이에요|입니다)?|잘 (?:자|자요|가|가요|지내요|있어요)|또 (?:만나요|봐요|봬요)|내일 (?:만나요|봐요|봬요|뵙겠습니다)|(?:정말 )?감사(?:합니다|해요|드립니다)|(?:정말 )?고마(?:워|워요|습니다)|고맙습니다|천만에요|괜찮아요|죄송(?:합니다|해요)|미안(?:해|해요|합니다)|네|예|응|아니(?:요|오)?|그래요?|좋아요?|알겠(?:어요|습니다)|물론이죠|아마|반갑습니다|(?:잘 )?모르겠(?:어요|습니다)|몰라요?|ㅋ+|ㅎ+",
};

/** Languages that put no space between words: their courtesies are found inside a run of letters. */
const unspaced = new Set(["th", "zh", "ja"]);

const choice = (languages: readonly string[]): string =>
  languages
    .flatMap((language) => alternatives(byLanguage[language] ?? ""))
    // Of two that begin alike the longer one is meant.
    .sort((a, b) => b.length - a.length)
    .map(spelt)
    .join("|");

/** The parts between the bars that stand outside brackets. */
function alternatives(list: string): string[] {
  let depth = 0;
  const marked = list.replace(/[()|]/g, (sign) => {
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    return sign === "|" && depth === 0 ? "\n" : sign;
  });
  return marked.split("\n").filter((phrase) => phrase !== "");
}

/** In one spelling; what separates words may be any white space or punctuation. */
const spelt = (phrase: string): string =>
  foldSpelling(phrase.normalize("NFKC")).replace(/[ -](?=[^?+*]|$)/gu, "[^\\p{L}\\p{M}\\p{N}]+");

let pattern: RegExp | undefined;

/** The text in one spelling (`foldSpelling`) without greetings, thanks, assent and the like, in some thirty languages. */
export function withoutCourtesies(text: string): string {
  pattern ??= new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}'])(?:${choice(Object.keys(byLanguage).filter((language) => !unspaced.has(language)))})(?![\\p{L}\\p{M}\\p{N}'])|${choice([...unspaced])}`,
    "gu",
  );
  return foldSpelling(text).replace(pattern, " ");
}
