/** Lines longer than this on average are paragraphs of their own: nobody wraps text by hand at this width. */
const longestHandWrappedLine = 120;
/** Lines of a text without blank lines that are shorter than this at their longest are not wrapped. */
const shortestWrappedWidth = 50;
const endsSentence = /[.!?。！？…:;]["'”’»)」』]*$/u;
const isListItem = (line: string): boolean => /^\s*(?:- |\d{1,3}[.)]\s)/.test(line);
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}、。，！？「」『』（）]/u;

/** Two lines of one paragraph as one: a space between words, none after a hyphen and in scripts that have none. */
function joined(left: string, right: string): string {
  if (isListItem(right)) return `${left}\n${right}`;
  const [before = "", after = ""] = [[...left].at(-1), [...right][0]];
  const close = /[\p{L}]-$/u.test(left) || (unspaced.test(before) && unspaced.test(after));
  return `${left}${close ? "" : " "}${right}`;
}

/**
 * The paragraphs of plain text. Blank lines separate them, and lines wrapped by hand are put together. A text without blank
 * lines has one paragraph a line unless it was wrapped, and so has a block of lines too long to be wrapped by hand (the
 * published stories put one paragraph a line, and some hold a stray blank line).
 */
export function paragraphsOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  const blocks = lines
    .join("\n")
    .trim()
    .split(/\n{2,}/)
    .filter((block) => block !== "");
  return blocks.flatMap((block) => {
    const inside = block.split("\n");
    if (block.length / inside.length > longestHandWrappedLine) return inside;
    if (blocks.length === 1) return unwrapped(inside);
    return [inside.reduce(joined)];
  });
}

/** The paragraphs among lines without a blank one: a line that had room for the next word and ends a sentence ends one. */
function unwrapped(lines: readonly string[]): string[] {
  const width = Math.max(...lines.map((line) => line.length));
  const broken = lines.slice(0, -1).filter((line) => !endsSentence.test(line)).length;
  if (width < shortestWrappedWidth || broken * 2 < lines.length - 1 || lines.length < 3) return [...lines];
  const found: string[] = [];
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const next = line.split(" ", 1)[0] ?? "";
    const ended =
      before === undefined || (endsSentence.test(before) && before.length + 1 + next.length < width);
    found.push(ended ? line : joined(found.pop() ?? "", line));
  }
  return found;
}
