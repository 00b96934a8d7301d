import { displayWidth } from "./wrap-words.js";

/** Columns of text under each other, two spaces apart; the last column is left as long as it is. */
export function table(
  rows: readonly (readonly string[])[],
  header: (line: string) => string = (line) => line,
): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
    });
  const padded = (cell: string, column: number) =>
    cell + " ".repeat((widths[column] ?? 0) - displayWidth(cell));
  return rows
    .map((row) => [...row.slice(0, -1).map(padded), row.at(-1)].join("  ").trimEnd())
    .map((line, index) => (index === 0 ? header(line) : line));
}
