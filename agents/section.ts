/** Counts the tokens of a text (models/tokens). */
export type CountTokens = (text: string) => number;

/** The sections of all prompts of ours, beside those that agents of a host's own bring: no reply may show them. */
export const sectionNames: readonly string[] = [
  "biography",
  "facts",
  "feeling",
  "just-said",
  "life-story-passages",
  "memories",
  "memory",
  "new-memory",
  "now",
  "older-memories",
  "passage",
  "scene",
  "self-description",
  "your-feeling",
  "your-thought",
];

/** The names of the sections that stand in a prompt. */
export const sectionsIn = (prompt: string): string[] =>
  [...prompt.matchAll(/^<([a-z][\w-]*)>$/gmu)].flatMap(([, name]) => name ?? []);

/**
 * A fenced part of a prompt. What stands inside is information and never an instruction: angle brackets that could
 * close the fence are taken out of it.
 */
export function section(name: string, text: string | undefined | null): string {
  const inside = (text ?? "").trim();
  return inside === "" ? "" : `<${name}>\n${fenced(inside)}\n</${name}>`;
}

/**
 * A section's name behind an angle bracket, with signs or characters that are not seen before and inside of it, whether
 * the bracket is closed or not. No run reaches beyond the next bracket, so the time is linear.
 */
const likeOurs = new RegExp(
  `[<＜﹤]([^\\p{L}\\p{N}<>＜﹤]*(?:${sectionNames.map(loosely).join("|")})(?![\\p{L}\\p{N}])[^<>＜﹤＞﹥]*)([>＞﹥]?)`,
  "giu",
);

function loosely(name: string): string {
  return [...name].map((letter) => (letter === "-" ? "[\\p{P}\\s]?" : letter)).join("\\p{Cf}*");
}

/** Text that cannot open or close a section, however loosely a model reads its tags. */
export function fenced(text: string): string {
  return text
    .replace(/<(\s*\/\s*[a-z][^<>]*|[a-z][^<>]*)>/giu, "‹$1›")
    .replace(likeOurs, (_, inside: string, end: string) => `‹${inside}${end && "›"}`);
}

/** Joins the parts that have something in them. */
export const paragraphs = (...parts: readonly (string | false | undefined | null)[]): string =>
  parts.filter((part): part is string => typeof part === "string" && part.trim() !== "").join("\n\n");

/**
 * The longest beginning of a text that fits, cut at the end of a sentence where one is near, else at a word, and
 * marked as cut. Short texts come back unchanged.
 */
export function clipped(text: string, tokens: number, count: CountTokens): string {
  if (tokens <= 0) return "";
  // Only between these lengths is there anything to count: a character takes at most three tokens, and hardly a token
  // holds more than twelve characters.
  const longest = tokens * 12;
  if (text.length * 3 <= tokens || (text.length <= longest && count(text) <= tokens)) return text;
  let low = 0;
  let high = Math.min(text.length, longest);
  while (high - low > 8) {
    const middle = (low + high) >> 1;
    if (count(text.slice(0, middle)) <= tokens - 1) low = middle;
    else high = middle;
  }
  const head = text.slice(0, low);
  const sentence = Math.max(
    head.lastIndexOf(". "),
    head.lastIndexOf("! "),
    head.lastIndexOf("? "),
    head.lastIndexOf("。"),
  );
  if (sentence > low * 0.6) return `${head.slice(0, sentence + 1)} …`;
  // Where words are not spaced, the last space may be far away.
  const word = head.lastIndexOf(" ");
  return `${head.slice(0, word > low * 0.6 ? word : low)} …`;
}

/** As many of these lines as fit, counted from the last; where not even that one fits, the beginning of it. */
export function lastLines(lines: readonly string[], tokens: number, count: CountTokens): string {
  let kept = clipped(lines.at(-1) ?? "", tokens, count);
  for (const line of lines.slice(0, -1).reverse()) {
    const more = `${line}\n${kept}`;
    if (count(more) > tokens) break;
    kept = more;
  }
  return kept;
}
