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

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uFF01-\uFF60]/gu;

/** Terminal columns: letters of East Asian scripts take two, combining marks none. */
function displayWidth(text: string): number {
  const letters = [...text.replace(/\p{Mn}/gu, "")];
  return letters.length + (text.match(wide)?.length ?? 0);
}
