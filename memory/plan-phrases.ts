// How people speak of what they will do, by language: data, read by open-matters.ts. No logic stands here.

export interface PlanPhrases {
  /** Says by itself that something is promised. */
  promise?: RegExp;
  /** A time that is still to come, whatever the verb. */
  later: RegExp;
  /** A day that may be past or to come. */
  day?: RegExp;
  /** The speaker will do it: tells which day is meant. */
  will: RegExp;
  /** The speaker, or what is theirs. */
  own: RegExp;
}

const b = String.raw`(?<![\p{L}\p{N}'])`;
const e = String.raw`(?![\p{L}\p{N}])`;
const words = (source: string): RegExp => new RegExp(`${b}(?:${source})${e}`, "iu");
const numbers = "a|an|one|two|three|four|five|six|seven|a few|a couple of|\\d{1,2}";
const weekdays = "mon|tues|wednes|thurs|fri|satur|sun";

export const planPhrases: readonly PlanPhrases[] = [
  {
    promise: words("I promise|promise you|you have my word|I swear I(?:'ll| will)"),
    later: words(
      `tomorrow|tonight|the day after tomorrow|next (?:week|weekend|month|year|time|spring|summer|autumn|fall|winter|(?:${weekdays})day)|this coming \\p{L}+|in (?:${numbers}) (?:hour|day|week|month|year)s?|later today|before (?:christmas|easter)|by (?:the end of|(?:${weekdays})day|tomorrow)`,
    ),
    day: words(
      `this (?:weekend|evening|afternoon)|(?:on|this|come) (?:${weekdays})day|(?:${weekdays})day|at the weekend|on the weekend|on the \\d{1,2}(?:st|nd|rd|th)?|in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)|soon|when I (?:get|am|have)`,
    ),
    will: words(
      "(?:I|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to|'m gonna| plan to|'m planning to| mean to| have to| need to| must| want to|'m \\p{L}+ing| am \\p{L}+ing)",
    ),
    own: words("I|I'm|I'll|I've|we|we'll|we're|my|our"),
  },
  {
    promise: words("ich versprech\\p{L}*|versprochen"),
    later: words(
      "(?<!guten )morgen(?: früh| abend)?|übermorgen|heute abend|nächste[nrs]? \\p{L}+|kommende[nrs]? \\p{L}+|in (?:einem|einer|zwei|drei|vier|\\d+) (?:tag|woche|monat|jahr)\\p{L}*",
    ),
    day: words("am (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|wochenende)"),
    will: words("ich (?:werde|will|muss|soll)|werde ich|will ich|muss ich|wir (?:werden|wollen|müssen)"),
    own: words("ich|wir|mein\\p{L}*|unser\\p{L}*"),
  },
  {
    promise: words("je (?:te |vous |le |t')?promets|promis"),
    later: words(
      "demain|après-demain|ce soir|la semaine prochaine|le mois prochain|l'année prochaine|\\p{L}+ prochaine?|dans (?:une?|deux|trois|quatre|\\d+) (?:jour|semaine|mois|an)\\p{L}*",
    ),
    day: words("(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|ce week-end"),
    will: words("je vais|j'irai|je (?:\\p{L}+ )?\\p{L}+rai|on va|nous allons|je dois"),
    own: words("je|j'\\p{L}+|mon|ma|mes|nous|on|notre|nos"),
  },
  {
    promise: words("(?:te |se |os )?lo prometo|prometo|te prometo"),
    later: words(
      "mañana|pasado mañana|esta noche|(?:la|el) (?:próxim[ao]|\\p{L}+ que viene) ?\\p{L}*|en (?:un|una|dos|tres|cuatro|\\d+) (?:día|semana|mes|año)\\p{L}*",
    ),
    day: words("el (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|este fin de semana"),
    will: words("voy a|vamos a|tengo que|\\p{L}{2,}ré"),
    own: words("yo|mi|mis|me|tengo|voy|vamos|nuestr\\p{L}*|\\p{L}{2,}ré"),
  },
  {
    promise: words("(?:te )?lo prometo|prometto|te lo prometto|promesso"),
    later: words(
      "domani|dopodomani|stasera|(?:la|il) (?:settimana|mese|anno) prossim[ao]|(?:la|il) prossim[ao] \\p{L}+|(?:tra|fra) (?:un|una|due|tre|\\d+) \\p{L}+",
    ),
    day: words("(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)"),
    will: words("\\p{L}{2,}rò|devo|vado a|voglio"),
    own: words("io|mio|mia|miei|mi|ho|devo|vado|\\p{L}{2,}rò"),
  },
  {
    promise: words("prometo(?:-te)?"),
    later: words(
      "amanhã|depois de amanhã|hoje à noite|(?:na|no) próxim[ao] \\p{L}+|(?:na semana|no mês|no ano) que vem|daqui a \\p{L}+ \\p{L}+",
    ),
    will: words("vou|vamos|tenho de|tenho que|\\p{L}{2,}rei"),
    own: words("eu|meu|minha|vou|vamos|tenho|\\p{L}{2,}rei"),
  },
  {
    promise: words("ik beloof|beloofd"),
    later: words(
      "morgen|overmorgen|vanavond|volgende \\p{L}+|over (?:een|twee|drie|\\d+) (?:dag|week|weken|maand|jaar)\\p{L}*",
    ),
    day: words("(?:op )?(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)|dit weekend"),
    will: words("ik (?:zal|ga|moet|wil)|zal ik|ga ik|we gaan"),
    own: words("ik|mijn|we|wij|ons|onze"),
  },
  {
    promise: words("jag lovar|jeg lover"),
    later: words(
      "i ?morgon|imorgen|i morgen|i övermorgon|i overmorgen|i ?kväll|i aften|i kveld|nästa \\p{L}+|næste \\p{L}+|neste \\p{L}+|om (?:en|ett|et|två|to|tre|\\d+) \\p{L}+",
    ),
    day: words("på (?:\\p{L}+dag)"),
    will: words("ja[gk] (?:ska|kommer att|måste)|jeg (?:skal|vil|må)"),
    own: words("jag|jeg|min|mitt|mit|vi"),
  },
  {
    promise: /我(?:答应|答應|保证|保證|发誓|發誓)|一言为定/u,
    later:
      /明天|后天|後天|今晚|明年|下(?:个|個)?(?:周|週|星期|礼拜|禮拜|月)|(?:这|這)(?:个|個)?周末|过几天|過幾天/u,
    will: /我(?:会|會|要|打算|准备|準備)/u,
    own: /我|咱/u,
  },
  {
    promise: /約束(?:する|します)/u,
    later: /明日|あした|明後日|今晩|来週|来月|来年|今週末/u,
    will: /つもり|予定|ます|たい/u,
    own: /ます|つもり|予定|私|僕|俺|うち/u,
  },
];

/** Courtesies that only sound like plans. */
export const partings =
  /(?<!\p{L})(?:see|talk to|speak to|catch|call it|be back|be right back|sleep well|good ?night|bis morgen|à demain|hasta mañana|a domani|até amanhã|tot morgen|i'll be off|have to go|must go)(?!\p{L})|明天见|明天見|また明日/iu;
