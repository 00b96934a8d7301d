import { stemmer } from "stemmer";

const stopWords = new Set(
  (
    "a an the and or but if then so as of at by for with about against between into through during before after above below to from " +
    "up down in out on off over under again further once here there all any both each few more most other some such no nor not only own " +
    "same than too very can will just should now i me my myself we our ours you your yours yourself yourselves he him his she her hers it its they them their " +
    "what which who whom whose this that these those am is are was were be been being have has had having do does did doing would could " +
    "ought shall may might must how when where why tell say said ever really please still also yet much many lot thing things something " +
    "anything someone anyone get got let us ve ll re don didn doesn isn wasn aren weren haven hasn one like well oh hey hi hello know think " +
    "feel mean want go going called call whether because while since until across around back best describe describes following true make makes made ever go goes going gone went do done try let sometimes often usually happen happens happened happening remember remembers remembered recall"
  ).split(" "),
);

const irregular: Readonly<Record<string, string>> = {
  dad: "father",
  daddy: "father",
  papa: "father",
  mum: "mother",
  mam: "mother",
  mom: "mother",
  mama: "mother",
  grew: "grow",
  grown: "grow",
  went: "go",
  taught: "teach",
  thought: "think",
  felt: "feel",
  left: "leave",
  lost: "lose",
  met: "meet",
  kept: "keep",
  came: "come",
  gave: "give",
  took: "take",
  made: "make",
  bought: "buy",
  sold: "sell",
  ran: "run",
  wrote: "write",
  spoke: "speak",
  broke: "break",
  fell: "fall",
  found: "find",
  began: "begin",
  died: "die",
  knew: "know",
  learnt: "learn",
  built: "build",
  married: "marry",
  children: "child",
  men: "man",
  women: "woman",
  wives: "wife",
  lives: "live",
  won: "win",
  told: "tell",
  saw: "see",
  ate: "eat",
  slept: "sleep",
  fought: "fight",
  sang: "sing",
  caught: "catch",
};

/**
 * Everyday words that ask for one another; a question's word also looks for its kin, at less weight.
 * Words after the bar are found by those before it, and do not ask for them.
 */
const kin: readonly string[] = [
  "old age | birthday born birth",
  "job work occupation profession career | trade employed",
  "live home house residence reside | village town city",
  "family | parents mother father sister brother siblings husband wife son daughter children",
  "parents | mother father",
  "siblings | brother sister",
  "children child son daughter | grandson granddaughter",
  "childhood grewup youth young | born child",
  "school education study schooling | teacher learn read university college",
  "married marry marriage wedding husband wife",
  "hobby hobbies pastime leisure | enjoy",
  "fear afraid scared frightened | frightens worry",
  "happy happiest joy glad | proud delighted content",
  "sad sorrow grief | cry lonely",
  "angry anger furious rage",
  "dream wish hope goal goals plan plans future",
  "friend friends | companion neighbour",
  "die death dead | funeral drowned",
  "animal animals pet pets | dog cat horse",
  "food eat | cook dinner meal bread",
  "money poor rich | wage pay debt pounds",
  "ill illness sick disease | hospital doctor",
  "believe faith god church pray",
  "native born",
];

let kinOf: Map<string, Set<string>> | undefined;

function loadKin(): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const group of kin) {
    const [asking = [], found = []] = group.split("|").map((part) => part.trim().split(" ").map(stemOf));
    for (const stem of asking) {
      const set = all.get(stem) ?? new Set<string>();
      for (const other of [...asking, ...found]) if (other !== stem) set.add(other);
      all.set(stem, set);
    }
  }
  return all;
}

/** Lower-cased words of a text. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/[’']s\b/g, "")
      .match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []
  );
}

/** Stem of a lower-cased word, irregular forms to their base. */
export function stemOf(word: string): string {
  return stemmer(irregular[word] ?? word);
}

/** Everyday phrases whose words alone mean something else, and what they ask for. */
const phrases: readonly [RegExp, string][] = [
  [/\bgr(?:ow|ew|own|owing) up\b/g, "grewup"],
  [/\bwhat do you do\b(?! (?:when|if|on|in|with|about|after|before))/g, "work occupation"],
  [/\bfor a living\b/g, "work"],
  [/\b(?:all|every) day(?: long)?\b/g, ""],
  [/\bhow old\b/g, "age"],
  // "I am forty-one" tells an age without the word.
  [/\bi(?:['’]m| am) (?=(?:\d\d|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b)/g, "age "],
  [/\bwhere (?:are|were|do|did) you (?:from|come from)\b/g, "born"],
];

const withPhrases = (text: string): string =>
  phrases.reduce((whole, [phrase, meaning]) => whole.replace(phrase, meaning), text.toLowerCase());

/** Stems of a text's words that carry meaning, in order, repeated as said. */
export function contentStems(text: string): string[] {
  return wordsOf(withPhrases(text))
    .filter((word) => !stopWords.has(word))
    .map(stemOf);
}

/** The words themselves that carry meaning, each once. */
export function contentWords(text: string): string[] {
  return [...new Set(wordsOf(text).filter((word) => !stopWords.has(word)))];
}

/** Stems of words that are asked for together with this one. */
export function kinStems(stem: string): ReadonlySet<string> {
  kinOf ??= loadKin();
  return kinOf.get(stem) ?? new Set();
}
