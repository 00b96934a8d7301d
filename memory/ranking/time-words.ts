import { monthNames } from "../../data/month-names.js";

/** Units in which one counts back, and parts of a day, as the reader knows them. */
export type TimeUnit = "minute" | "hour" | "day" | "week" | "month" | "year";
export type DayPart = "morning" | "afternoon" | "evening" | "night";

/** How one language speaks of past times: sources of regular expressions, most of them closed lists of words. */
export interface TimeLanguage {
  today: string;
  yesterday: string;
  dayBeforeYesterday: string;
  /** May follow "yesterday", "today" or a weekday. */
  parts: Readonly<Record<DayPart, string>>;
  /** Words that mean a part of a day by themselves: days back, and the part. */
  fixed: readonly (readonly [source: string, daysBack: number, part?: DayPart])[];
  /** Sunday first. */
  weekdays: readonly string[];
  /** A weekday of the past, with WEEKDAY in its place. */
  pastWeekday: string;
  units: Readonly<Record<TimeUnit, string>>;
  /** "… ago", with COUNT and UNIT in their places. */
  ago: string;
  counts: Readonly<Record<string, number>>;
  /** The unit before this one, and this one, with UNIT in its place (weeks, months and years). */
  lastUnit: string;
  thisUnit: string;
  months: readonly string[];
  /** A day of a month, with DAY, MONTH and YEAR in their places; a month, with MONTH and YEAR. */
  dates: readonly string[];
  monthsAlone: readonly string[];
  firstTalk: string;
  lastTalk: string;
  /** Words that speak of talking itself: a question made of them and a time asks for all that was said then. */
  talking: string;
  /** Written without spaces between words. */
  unspaced?: boolean;
}

const english: TimeLanguage = {
  today: "today|earlier today",
  yesterday: "yesterday",
  dayBeforeYesterday: "(?:the )?day before yesterday",
  parts: {
    morning: "(?:in the )?morning",
    afternoon: "(?:in the )?afternoon",
    evening: "(?:in the )?evening",
    night: "(?:at )?night",
  },
  fixed: [
    ["last night", 1, "night"],
    ["(?:earlier )?this morning", 0, "morning"],
    ["this afternoon", 0, "afternoon"],
    ["this evening|tonight", 0, "evening"],
  ],
  weekdays: ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
  pastWeekday: "(?:last|on|on last|this|this past|past) (WEEKDAY)",
  units: {
    minute: "minutes?",
    hour: "hours?",
    day: "days?",
    week: "weeks?",
    month: "months?",
    year: "years?",
  },
  ago: "(COUNT) (UNIT) (?:ago|back|before today)",
  counts: {
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    "a couple of": 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    twenty: 20,
    thirty: 30,
  },
  lastUnit: "(?:last|the previous|the past) (UNIT)",
  thisUnit: "(?:earlier )?this (UNIT)",
  months: monthNames.map((name) => (name === "may" ? name : `${name}|${name.slice(0, 3)}t?\\.?`)),
  dates: [
    "(?<month>MONTH) (?<day>DAY)(?:st|nd|rd|th)?(?:,? (?<year>YEAR))?",
    "(?:the )?(?<day>DAY)(?:st|nd|rd|th)? (?:of )?(?<month>MONTH)(?:,? (?<year>YEAR))?",
  ],
  monthsAlone: [
    "(?<month>MONTH),? (?:of )?(?<year>YEAR)",
    "(?:in|during|since|until|by|around|early|late|mid|last|this|of)[ -]+(?<month>MONTH)(?!['’])",
  ],
  firstTalk:
    "(?:(?:on )?the (?:very )?first (?:time|day|evening) (?:that )?(?:we|you and I|I) (?:ever )?(?:met|talked|spoke|saw each other|told you)|(?:when|where|how|the day) (?:did )?(?:we|you and I) (?:first |ever )*(?:met|meet|talked?|spoke|got to know each other)(?: for the first time)?|(?:in|at|during) our (?:very )?first (?:talk|conversation|meeting|chat))",
  lastTalk:
    "(?:(?:(?:on|from) )?(?:the )?(?:last|previous) time (?:that )?(?:we|you and I|I was here|I saw you|I came)(?: (?:met|talked|spoke|saw each other|were talking))?|when (?:did )?we last (?:met|meet|talked?|spoke|speak|saw each other|see each other)|(?:in|from|at|during) our (?:last|previous) (?:talk|conversation|meeting|chat)|last time)",
  talking:
    "tell say talk speak discuss chat mention happen hear conversation thing news word topic subject remember recall day ask know go new learn share time date about else",
};

const german: TimeLanguage = {
  today: "heute",
  yesterday: "gestern",
  dayBeforeYesterday: "vorgestern",
  parts: { morning: "früh|morgen|vormittag", afternoon: "nachmittag", evening: "abend", night: "nacht" },
  fixed: [["(?:letzte|vergangene|heute) nacht", 1, "night"]],
  weekdays: ["sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend"],
  pastWeekday: "(?:am|letzten|vergangenen|am letzten|am vergangenen) (WEEKDAY)",
  units: {
    minute: "minuten?",
    hour: "stunden?",
    day: "tag(?:en)?",
    week: "wochen?",
    month: "monat(?:en)?",
    year: "jahr(?:en)?",
  },
  ago: "vor (COUNT) (UNIT)",
  counts: {
    einem: 1,
    einer: 1,
    zwei: 2,
    drei: 3,
    vier: 4,
    fünf: 5,
    sechs: 6,
    sieben: 7,
    acht: 8,
    neun: 9,
    zehn: 10,
  },
  lastUnit: "(?:letzten?|letztes|vergangene[ns]?|vorigen?|voriges) (UNIT)",
  thisUnit: "(?:diese|diesen|dieses) (UNIT)",
  months: [
    "januar|jänner",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
  ],
  dates: ["(?:am )?(?<day>DAY)\\. ?(?<month>MONTH)(?: (?<year>YEAR))?"],
  monthsAlone: ["(?:im|letzten|seit|bis) (?<month>MONTH)(?: (?<year>YEAR))?"],
  firstTalk:
    "(?:als wir uns (?:zum ersten mal|das erste mal|kennen ?gelernt)[^.?!]*|beim ersten (?:mal|gespräch|treffen))",
  lastTalk: "(?:(?:das |beim )letzte[ns]? (?:mal|gespräch|treffen)|letztes mal|zuletzt)",
  talking:
    "was wovon worüber ich du wir dir mir dich uns habe hab hast haben hatte hattest habt von über denn so am im erzählt erzählte gesagt sagte gesprochen geredet besprochen passiert war geschehen weißt noch erinnerst alles",
};

const french: TimeLanguage = {
  today: "aujourd['’]hui",
  yesterday: "hier",
  dayBeforeYesterday: "avant-hier",
  parts: { morning: "(?:au )?matin", afternoon: "après-midi", evening: "(?:au )?soir", night: "nuit" },
  fixed: [
    ["ce matin", 0, "morning"],
    ["cet après-midi", 0, "afternoon"],
    ["ce soir", 0, "evening"],
    ["cette nuit|la nuit dernière", 1, "night"],
  ],
  weekdays: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
  pastWeekday: "(WEEKDAY) (?:dernier|passé)",
  units: {
    minute: "minutes?",
    hour: "heures?",
    day: "jours?",
    week: "semaines?",
    month: "mois",
    year: "ans?|années?",
  },
  ago: "il y a (COUNT) (UNIT)",
  counts: {
    un: 1,
    une: 1,
    deux: 2,
    trois: 3,
    quatre: 4,
    cinq: 5,
    six: 6,
    sept: 7,
    huit: 8,
    neuf: 9,
    dix: 10,
  },
  lastUnit: "(?:la |le |l['’])?(UNIT) (?:derni(?:er|ère)|passée?)",
  thisUnit: "(?:ce|cette) (UNIT)",
  months: [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
  ],
  dates: ["(?:le )?(?<day>DAY)(?:er)? (?<month>MONTH)(?: (?<year>YEAR))?"],
  monthsAlone: ["(?:en|depuis|au mois de) (?<month>MONTH)(?: (?<year>YEAR))?"],
  firstTalk:
    "(?:(?:quand|lorsque) (?:on|nous) (?:s['’]est|nous sommes) (?:rencontrés?|vus)[^.?!]*|la première fois)",
  lastTalk: "(?:la dernière fois|lors de notre dernière (?:conversation|rencontre))",
  talking:
    "que qu est ce je tu nous on t m ai as a avons avez de quoi dit disais raconté parlé discuté passé s est il y souviens te rappelles du qu'est j'ai t'ai m'as s'est t'ai-je",
};

const spanish: TimeLanguage = {
  today: "hoy",
  yesterday: "ayer",
  dayBeforeYesterday: "anteayer|antier|antes de ayer",
  parts: {
    morning: "(?:por la )?mañana",
    afternoon: "(?:por la )?tarde",
    evening: "(?:al )?anochecer",
    night: "(?:por la )?noche",
  },
  fixed: [
    ["esta mañana", 0, "morning"],
    ["esta tarde", 0, "afternoon"],
    ["esta noche", 0, "evening"],
    ["anoche", 1, "night"],
  ],
  weekdays: ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
  pastWeekday: "(?:el )?(WEEKDAY) pasado|el pasado (WEEKDAY)",
  units: {
    minute: "minutos?",
    hour: "horas?",
    day: "días?",
    week: "semanas?",
    month: "mes(?:es)?",
    year: "años?",
  },
  ago: "hace (COUNT) (UNIT)",
  counts: {
    un: 1,
    una: 1,
    dos: 2,
    tres: 3,
    cuatro: 4,
    cinco: 5,
    seis: 6,
    siete: 7,
    ocho: 8,
    nueve: 9,
    diez: 10,
  },
  lastUnit: "(?:la |el )?(UNIT) pasad[oa]",
  thisUnit: "est[ea] (UNIT)",
  months: [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre|setiembre",
    "octubre",
    "noviembre",
    "diciembre",
  ],
  dates: ["(?:el )?(?<day>DAY) de (?<month>MONTH)(?: de (?<year>YEAR))?"],
  monthsAlone: ["(?:en|desde) (?<month>MONTH)(?: de (?<year>YEAR))?"],
  firstTalk: "(?:cuando nos conocimos|la primera vez)",
  lastTalk: "(?:la última vez|en nuestra última (?:charla|conversación))",
  talking:
    "qué que de yo tú te me nos le he has hemos dije dijiste conté contaste hablamos hablé hablaste contado dicho hablado pasó sobre recuerdas acuerdas lo fue",
};

const hanNumbers = { 一: 1, 两: 2, 兩: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 };
const hanMonths = Array.from({ length: 12 }, (_, index) => `${index + 1}月`);

const chinese: TimeLanguage = {
  today: "今天|今日",
  yesterday: "昨天|(?<!一)昨日",
  dayBeforeYesterday: "前天",
  parts: { morning: "早上|上午|早晨", afternoon: "下午", evening: "晚上|傍晚", night: "夜里|半夜" },
  fixed: [
    ["昨晚|昨夜", 1, "night"],
    ["今早|今晨", 0, "morning"],
    ["今晚", 0, "evening"],
  ],
  weekdays: ["[日天]", "一", "二", "三", "四", "五", "六"],
  pastWeekday: "上(?:个|個)?(?:周|週|星期|礼拜|禮拜)(WEEKDAY)",
  units: {
    minute: "分钟|分鐘",
    hour: "(?:个|個)?小时|(?:个|個)?小時",
    day: "天|日",
    week: "(?:个|個)?(?:星期|礼拜|禮拜)|周|週",
    month: "(?:个|個)?月",
    year: "年",
  },
  ago: "(COUNT)(UNIT)(?:以|之)?前",
  counts: hanNumbers,
  lastUnit: "上(UNIT)|去(?=年)(UNIT)",
  thisUnit: "这(UNIT)|這(UNIT)",
  months: hanMonths,
  dates: ["(?:(?<year>YEAR)年)?(?<month>MONTH)(?<day>DAY)[日号號]"],
  monthsAlone: ["(?<year>YEAR)年(?<month>MONTH)"],
  firstTalk: "(?:我们|我們)?(?:第一次|初次)(?:见面|見面|聊天|说话|說話)?(?:的?时候|的?時候)?",
  lastTalk: "上次|上一次",
  talking:
    "我 你 您 跟 和 对 對 告诉 告訴 说 說 讲 講 聊 谈 談 什么 什麼 甚麼 了 过 過 的 是 事 些 我们 我們 哪些 时候 時候 还 還 记得 記得 发生 發生 话 話 起",
  unspaced: true,
};

const japanese: TimeLanguage = {
  ...chinese,
  today: "今日",
  yesterday: "(?<!一)昨日|きのう",
  dayBeforeYesterday: "一昨日|おととい",
  parts: { morning: "の?朝", afternoon: "の?午後", evening: "の?夕方|の?晩", night: "の?夜" },
  fixed: [
    ["昨夜|昨晩|ゆうべ", 1, "night"],
    ["今朝", 0, "morning"],
    ["今晩|今夜", 0, "evening"],
  ],
  weekdays: ["日", "月", "火", "水", "木", "金", "土"],
  pastWeekday: "(?:先週の|この前の)(WEEKDAY)曜日?",
  units: { minute: "分", hour: "時間", day: "日", week: "週間?", month: "[かヶカ]?月", year: "年" },
  lastUnit: "先(UNIT)|去(?=年)(UNIT)",
  thisUnit: "今(UNIT)",
  firstTalk: "(?:初めて|はじめて)(?:会った|話した)(?:時|とき)?",
  lastTalk: "前回|この前",
  talking:
    "私 僕 俺 あなた 君 何 は が を に と で の も 話 話し 言っ 言い た まし ました ですか か こと 教え 覚え て い ます",
};

/** The languages in which times are read; English first. */
export const timeLanguages: readonly TimeLanguage[] = [english, german, french, spanish, chinese, japanese];
