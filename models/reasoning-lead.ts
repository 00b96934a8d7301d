import { reasoningLeads } from "./control-marks.js";

/** Where reasoning begins with words, at the beginning of a reply. */
export function leadAt(
  text: string,
  from: number,
  whole: boolean,
): { closes: readonly string[]; end: number } | "maybe" | undefined {
  const start = text.slice(from, from + 2000).search(/\S/u);
  if (start < 0) return undefined;
  const near = text.slice(from + start, from + start + 32);
  for (const { opens, closes } of reasoningLeads) {
    const found = opens.exec(near);
    if (found) return { closes, end: from + start + found[0].length };
  }
  const lower = near.toLowerCase();
  const unfinished = reasoningLeads.some(({ couldBegin }) =>
    couldBegin.some((words) => words.startsWith(lower)),
  );
  return unfinished && !whole ? "maybe" : undefined;
}
