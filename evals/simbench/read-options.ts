import type { Option } from "./group-case.js";

/**
 * The options of a question, for the letters of its human answer: after the last line "Options:", each from its "(A):" at a
 * line's start to that of the next. An option may have several lines.
 * @returns the letters that are not there, where one is missing
 */
export function readOptions(
  question: string,
  labels: readonly string[],
): { options: Option[] } | { missing: string[] } {
  const heading = [...question.matchAll(/^[ \t]*Options:[ \t]*$/gmu)].at(-1);
  const text = heading ? question.slice(heading.index + heading[0].length) : question;
  const found: { label: string; start: number; end: number }[] = [];
  let from = 0;
  for (const label of labels) {
    const mark = `(${label}):`;
    const start = placeAtLineStart(text, mark, from);
    if (start < 0) continue;
    from = start + mark.length;
    found.push({ label, start, end: from });
  }
  if (found.length < labels.length)
    return { missing: labels.filter((label) => !found.some((each) => each.label === label)) };
  return {
    options: found.map(({ label, end }, at) => ({
      label,
      text: text.slice(end, found[at + 1]?.start).trim(),
    })),
  };
}

function placeAtLineStart(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1))
    if (/(?:^|\n)[ \t]*$/u.test(text.slice(0, at))) return at;
  return -1;
}
