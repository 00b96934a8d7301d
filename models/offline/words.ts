import { stemmer } from "stemmer";

const stopWords = new Set(
  (
    "a an the and or but if then so as of at by for with about against between into through during before after above below to from " +
    "up down in out on off over under again further once here there all any both each few more most other some such no nor not only own " +
    "same than too very can will just should now i me my myself we our ours you your yours yourself yourselves he him his she her hers it its they them their " +
    "what which who whom whose this that these those am is are was were be been being have has had having do does did doing would could " +
    "ought shall may might must how when where why tell say said ever really please still also yet much many lot thing things something " +
    "anything someone anyone get got let us ve ll re don didn doesn isn wasn aren weren haven hasn one like well oh hey hi hello know think " +
    "feel mean want go going called call whether because while since until across around back best describe describes following true make makes made ever go goes going gone went do done try let sometimes often usually"
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

/** Everyday words that ask for one another; a question's word also looks for its neighbours, at half weight. */
const kin: readonly (readonly string[])[] = [
  "old age years birthday born birth".split(" "),
  "job work occupation profession career living trade employed".split(" "),
  "live home house residence reside village town city".split(" "),
  "family parents mother father sister brother siblings husband wife son daughter children".split(" "),
  "parents mother father".split(" "),
  "siblings brother sister".split(" "),
  "children child son daughter kid grandson granddaughter".split(" "),
  "childhood grewup youth young".split(" "),
  "school education study studied schooling teacher learn learned read university college".split(" "),
  "married marry marriage wedding husband wife".split(" "),
  "hobby hobbies pastime enjoy free leisure love".split(" "),
  "fear afraid scared frightened fears worry".split(" "),
  "happy happiest joy glad proud delighted".split(" "),
  "sad sorrow grief cry cried lonely".split(" "),
  "angry anger furious rage".split(" "),
  "dream wish hope goal goals plan plans future".split(" "),
  "friend friends companion neighbour".split(" "),
  "die died death dead funeral lost".split(" "),
  "animal dog cat horse pet pets".split(" "),
  "food eat cook dinner meal bread".split(" "),
  "money poor rich wage pay debt".split(" "),
  "ill illness sick disease hospital doctor".split(" "),
  "believe faith god church pray".split(" "),
  "born grewup native".split(" "),
];

let kinOf: Map<string, Set<string>> | undefined;

function loadKin(): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const group of kin) {
    const stems = group.map(stemOf);
    for (const stem of stems) {
      const set = all.get(stem) ?? new Set<string>();
      for (const other of stems) if (other !== stem) set.add(other);
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
  [/\bhow old\b/g, "age"],
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
