/** Verbs that often follow "and" after the first one, in the third person. */
const commonVerbs = new Set(
  "lives works loves likes hates keeps has is does goes prefers enjoys spends says makes takes knows wants feels thinks believes finds sees reads plays writes runs walks tries needs talks sleeps lets dreams hopes remembers carries cooks sings collects avoids trusts earns owns teaches learns still".split(
    " ",
  ),
);
const woman =
  /\b(?:mother|mum|mom|sister|daughter|wife|aunt|grandmother|niece|girl|woman|lady|Mrs|Ms|Miss|girlfriend)\b/i;
const man = /\b(?:father|dad|brother|son|husband|uncle|grandfather|nephew|boy|man|gentleman|Mr|boyfriend)\b/i;

/** The base of a verb's third-person form: "works", "tries", "goes"; other words unchanged. */
function base(verb: string): string {
  const known: Record<string, string> = {
    is: "am",
    has: "have",
    does: "do",
    was: "was",
    "isn't": "am not",
    "hasn't": "haven't",
    "doesn't": "don't",
  };
  const lower = verb.toLowerCase();
  if (known[lower]) return known[lower];
  if (
    !/[a-z]{2,}s$/.test(lower) ||
    /(?:ss|us|is)$/.test(lower) ||
    ["always", "sometimes", "perhaps", "besides", "nevertheless", "nowadays", "once"].includes(lower)
  )
    return verb;
  if (/[^aeiou]ies$/.test(lower) && lower.length > 4) return `${verb.slice(0, -3)}y`;
  if (/(?:ch|sh|ss|x|zz|o)es$/.test(lower)) return verb.slice(0, -2);
  return verb.slice(0, -1);
}

/** A word in -s after "and" or a comma, and the word after it. */
const coordinated =
  /(\band|\bbut|\bor|,)( and| but| or)?( then| also| still| often| never)? ([a-z]+s)\b(?=(\s+[a-z]+)?)/g;
/** Words that follow a plural noun rather than a verb. */
const afterNoun =
  /^\s+(?:and|or|but|in|on|at|of|to|for|with|by|from|that|which|who|is|are|was|were|had|has|have|when|while|as|before|after|than|too|alike)$/;

function coordinatedVerb(all: string, link: string, second = "", adverb = "", verb = "", next = ""): string {
  const isVerb = commonVerbs.has(verb) || (next !== "" && !afterNoun.test(next));
  return isVerb ? `${link}${second}${adverb} ${base(verb)}` : all;
}

/** Which pronoun the prompt uses for a person: counted at the beginnings of sentences. */
export function pronounOf(texts: readonly string[]): "she" | "he" | undefined {
  let she = 0;
  let he = 0;
  for (const text of texts) {
    she += (text.match(/\b(?:she|her)\b/gi) ?? []).length;
    he += (text.match(/\b(?:he|his|him)\b/gi) ?? []).length;
  }
  if (she === he) return undefined;
  return she > he ? "she" : "he";
}

/** Who is meant by the subject of a sentence: the person, someone or something of theirs ("her mother"), or another. */
export type Subject = "self" | "theirs" | "other";

const ofParents =
  /^\w+ (?:was|is|died|worked|had|passed|came|taught|told|raised|wanted|believed|used|would|did)\b/i;

/** Reads whom a sentence is about, given what the sentence before it was about. */
export function subjectOf(
  text: string,
  name: string,
  pronoun: "she" | "he" | undefined,
  before: Subject,
): Subject {
  const names = [name, ...name.split(/\s+/)].filter((part) => part.length > 1);
  if (names.some((part) => text.startsWith(part)))
    return /^\S+(?:\s\p{Lu}\S*)*['’]s\b/u.test(text) ? "theirs" : "self";
  const first =
    /^(?:(?:In|At|On|As|When|After|By|Since|For|Now|Then|Today|Later|Once|Still|Yet|And|But)\b[^,]*?(?:,\s*|\s+(?=s?he\b)))?(\S+)/
      .exec(text)?.[1]
      ?.toLowerCase();
  if (first === "she" || first === "he") {
    if (first !== pronoun) return "other";
    // After "Her mother …" a "she" may be either: what parents are told to do is taken to be theirs.
    return before === "theirs" && !ofParents.test(text) ? "self" : before;
  }
  if (first === (pronoun === "he" ? "his" : "her")) return "theirs";
  return "other";
}

/**
 * A third-person sentence about the person who speaks, told by that person; undefined where that is not simple
 * (someone else of the same gender in the sentence, or another subject).
 */
export function toFirstPerson(
  text: string,
  name: string,
  pronoun: "she" | "he" | undefined,
): string | undefined {
  const parts = [name, ...name.split(/\s+/)].filter((part) => part.length > 1);
  const named = parts
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .sort((a, b) => b.length - a.length)
    .join("|");
  const other = pronoun === "she" ? woman : man;
  if (
    pronoun &&
    new RegExp(`\\b(?:${pronoun === "she" ? "she|her|hers|herself" : "he|his|him|himself"})\\b`, "i").test(
      text,
    ) &&
    other.test(text.replace(/\b(?:her|his) \w+/gi, ""))
  ) {
    return undefined;
  }
  // A surname after another's first name is that other's.
  const alone = "(?<!\\p{Lu}[\\p{L}’'-]*\\.?\\s)";
  let told = text
    .replace(new RegExp(`${alone}\\b(?:${named})['’]s\\b`, "gu"), "my")
    .replace(new RegExp(`${alone}\\b(?:${named})\\b`, "gu"), "\uE000");
  if (pronoun === "she") {
    told = told
      .replace(/\bherself\b/gi, "myself")
      .replace(/\bhers\b/gi, "mine")
      .replace(/\bshe\b/gi, "\uE000");
    told = told
      .replace(
        /\bher\b(?=\s+(?:\p{L}))(?!\s+(?:to|and|or|but|with|for|in|on|at|by|from|as|when|if|that|the|a|an|about|how|what|into|off|away|up|down|out|was|is|one|two|three|four|five|six|seven|eight|nine|ten|every|each|all|most|some|any|this|that|these|once|twice|again|there|here|now|then|alone|too|well|so|because|before|after|since|until|while|who|than|not|never|more|both|through|over|under|back|home|right|around|without|along)\b)/giu,
        "my",
      )
      .replace(/\bher\b/gi, "me");
  } else if (pronoun === "he") {
    told = told
      .replace(/\bhimself\b/gi, "myself")
      .replace(/\bhis\b/gi, "my")
      .replace(/\bhim\b/gi, "me")
      .replace(/\bhe\b/gi, "\uE000");
  }
  let present = false;
  told = told.replace(
    /\uE000(['’]s\b)?(\s+(?:also|still|often|never|always|rarely|seldom|now|usually|only|really|secretly|sometimes|once|just|[a-z]+ly))?(\s+)?([A-Za-z'’]+)?/g,
    (_all, contracted: string | undefined, adverb = "", space = "", verb: string | undefined) => {
      if (contracted) return `I'm${adverb}${space}${verb ?? ""}`;
      if (verb === undefined) return `I${adverb}${space}`;
      const plain = base(verb);
      if (plain !== verb && verb !== "was") present = true;
      return `I${adverb}${space}${plain}`;
    },
  );
  if (present) told = told.replace(coordinated, coordinatedVerb);
  else if (/\bI\b/.test(told)) told = told.replace(/\band has (?=had|been)\b/g, "and have ");
  told = told.replace(
    /(^|[.!?]\s+)(my|me|mine|myself)\b/g,
    (_all, start: string, word: string) => start + word.charAt(0).toUpperCase() + word.slice(1),
  );
  // "gave I", "to I": a name that was an object.
  told = told.replace(
    /\b(to|with|for|from|by|at|of|on|about|gave|told|asked|taught|called|made|left|helped|saw|and)\s+I\b(?=\s*(?:[.,;!?]|$|\s(?:a|the|to|how|that|and|in|with|at)\b))/g,
    "$1 me",
  );
  return told;
}
