/** Keys that cards of characters have, in the words of their editors. */
const cardKeys =
  "name|char_?name|full ?name|nick ?names?|age|gender|sex|sexuality|pronouns|species|race|nationality|ethnicity|occupation|job|height|weight|hair|eyes|body|appearance|features|clothes|clothing|outfit|personality|traits|mind|mbti|attributes|description|backstory|background|bio|biography|scenario|likes|dislikes|hobbies|skills|abilities|habits|goals|fears|speech|speech style|quirks|relationships?|first[ _]mes(?:sage)?|greeting|char_greeting|mes_example|example[ _](?:dialogue|dialogues|messages)|system_prompt|creator|tags";
const keyLine = new RegExp(`^\\s*[-*•\\[{(]*\\s*["'*_]{0,3}(${cardKeys})["'*_]{0,3}\\s*(?:[:=]|\\()`, "iu");
const telling =
  /^(?:personality|traits|mind|appearance|description|scenario|likes|first|greeting|char_greeting|mes_|example)/i;

const shapes: readonly (readonly [string, RegExp])[] = [
  ["a character card in W++", /\[?\s*character\s*\(\s*["“][^)]*["”]\s*\)\s*\{/i],
  ["a character card of dialogue examples (Ali:Chat)", /<START>|\{\{(?:char|user)\}\}\s*:/],
  ["a character card", /\{\{(?:char|user)\}\}|<(?:BOT|USER)>/],
  [
    "a character card (PList)",
    /\[[^\]\n]{0,60}\b(?:persona(?:lity)?|appearance|clothes|likes)\b\s*[:=]\s*[^\]]*[;,][^\]]*\]/i,
  ],
  [
    "a character card in boostyle",
    /(?:personality|appearance|likes)["'\s]*[=:]\s*["“][^"”]+["”]\s*\+\s*["“]/i,
  ],
  [
    "a character card in XML",
    /<(?:character|persona|char)\b[^>]*>[\s\S]*<(?:personality|appearance|description|scenario)\b/i,
  ],
];

function isCardOfData(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(isCardOfData);
  const keys = Object.keys(value);
  if ("spec" in value || ("data" in value && isCardOfData(value.data))) return true;
  const known = keys.filter((key) => new RegExp(`^(?:${cardKeys})$`, "i").test(key));
  return known.length >= 2;
}

/**
 * What a text looks like that is no life story but the description of a character for a chat program, in words: JSON, W++,
 * boostyle, PList, dialogue examples, or lines such as `Personality: …`. Undefined for everything else.
 */
export function cardIn(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^```\w*\n([\s\S]*)\n```$/, "$1")
    .trim();
  if (bare.startsWith("{\\rtf")) return "a document in RTF";
  if (/^[[{]/.test(bare)) {
    try {
      return isCardOfData(JSON.parse(bare)) ? "a character card in JSON" : "data in JSON";
    } catch {
      if (/^\{\s*"[\w ]+"\s*:/.test(bare)) return "data in JSON that is cut short or broken";
    }
  }
  const shape = shapes.find(([, pattern]) => pattern.test(bare));
  if (shape) return shape[0];
  const lines = bare.split("\n").filter((line) => line.trim() !== "");
  const keys = lines.flatMap((line) => keyLine.exec(line)?.[1]?.toLowerCase() ?? []);
  const isSheet = new Set(keys).size >= 3 || (keys.length >= 2 && keys.length === lines.length);
  return isSheet && keys.some((key) => telling.test(key)) && keys.length >= lines.length * 0.4
    ? "a character card of the form “Name: …, Personality: …”"
    : undefined;
}

/** What its author is told of such a text. */
export const notALife = (looksLike: string): string =>
  `looks like ${looksLike}, not like a life story, so it is not taken for one. Make a folder with "simulacra characters new NAME", put facts and traits into character.json, and tell the life in story.md`;
