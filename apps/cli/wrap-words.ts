const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that picocolors writes take no room
const colours = /\u001B\[[\d;]*m/gu;

/** Terminal columns: letters of East Asian scripts take two, combining marks and colours none. */
export function displayWidth(text: string): number {
  const bare = text.replace(colours, "").replace(/\p{Mn}|\p{Cf}/gu, "");
  return [...bare].length + (bare.match(wide)?.length ?? 0);
}

/** Where a line may break: after spaces, and between letters of scripts that have no spaces. */
const pieces =
  /\s*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][\p{P}\p{Mn}]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+)|\s+$/gu;

/**
 * A text whose lines break between words at a width. What continues a line stands under its text: behind the spaces and
 * the bullet that it begins with. A word that is longer than a line is left whole.
 * @param from the column at which the text begins
 */
export function wrapWords(text: string, columns: number, from = 0): string {
  return text
    .split("\n")
    .map((line, index) => wrapLine(line, columns, index === 0 ? from : 0))
    .join("\n");
}

function wrapLine(line: string, columns: number, from: number): string {
  if (from + displayWidth(line) <= columns) return line;
  const lead = from > 0 ? 0 : (/^\s*(?:[•*-]\s+)?/u.exec(line.replace(colours, ""))?.[0].length ?? 0);
  const indent = lead < columns / 2 ? " ".repeat(lead) : "";
  let column = from;
  let wrapped = "";
  for (const [piece] of line.matchAll(pieces)) {
    const width = displayWidth(piece);
    if (column + width > columns && column > indent.length) {
      const word = piece.trimStart();
      wrapped += `\n${indent}${word}`;
      column = indent.length + displayWidth(word);
    } else {
      wrapped += piece;
      column += width;
    }
  }
  return wrapped;
}

/** Breaks a text that comes in parts between words; a word is kept back until it is known to have ended. */
export class WordStream {
  #column = 0;
  #kept = "";

  constructor(private readonly columns: number | undefined) {}

  /** What can be shown now. */
  push(text: string): string {
    if (this.columns === undefined) return text;
    const all = this.#kept + text;
    // Spaces stay with the word behind them: whether they are shown depends on where it stands.
    const end = all.search(/\s*\S*$/u);
    this.#kept = all.slice(end);
    return this.#show(all.slice(0, end));
  }

  /** What was kept back. */
  flush(): string {
    const rest = this.#kept;
    this.#kept = "";
    return this.#show(rest);
  }

  /** Takes note of what was shown beside this. */
  passed(text: string): void {
    const last = text.lastIndexOf("\n");
    this.#column = last < 0 ? this.#column + displayWidth(text) : displayWidth(text.slice(last + 1));
  }

  #show(text: string): string {
    if (text === "" || this.columns === undefined) return text;
    const shown = wrapFrom(text, this.columns, this.#column);
    this.passed(shown);
    return shown;
  }
}

/** As `wrapWords`, for text in the midst of a line: its first word may move to the next one. */
function wrapFrom(text: string, columns: number, from: number): string {
  const [first = ""] = /^[^\S\n]*\S*/u.exec(text) ?? [];
  if (from === 0 || from + displayWidth(first) <= columns) return wrapWords(text, columns, from);
  return `\n${wrapWords(text.trimStart(), columns)}`;
}
