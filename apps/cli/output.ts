import { createColors } from "picocolors";
import { printable } from "../../graphs/simulacrum/message-text.js";
import { WordStream, wrapWords } from "./wrap-words.js";

/** The colours of one stream; every function gives the text back unchanged where colours are off. */
export type Paint = ReturnType<typeof createColors>;

/** A stream that a command writes to, and whether a person looks at it. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * Colours for one stream: only on a terminal that can show them, never with NO_COLOR (https://no-color.org: any
 * non-empty value). Decided for each stream, so that `simulacra … | less` has plain output beside coloured notes.
 */
export function paintFor(sink: Sink, env: NodeJS.ProcessEnv): Paint {
  return createColors(sink.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that picocolors writes are looked for
const colours = /(\u001B\[(?:[0-2]|22|3[0-9])m)/u;

/** Text that holds words of files, models or servers: nothing of it steers the terminal but our own colours. */
function harmless(text: string, paint: Paint): string {
  if (!paint.isColorSupported) return printable(text);
  const parts = text.split(colours);
  return parts.map((part, index) => (index % 2 === 1 ? part : printable(part))).join("");
}

/** The width of a terminal; undefined where nobody looks at it: a file or a pipe has lines as they are. */
const columnsOf = ({ isTTY, columns }: Sink): number | undefined =>
  isTTY === true && columns !== undefined && columns > 0 ? columns : undefined;

const fitted = (text: string, sink: Sink): string => {
  const columns = columnsOf(sink);
  return columns === undefined ? text : wrapWords(text, columns);
};

/**
 * Where a command writes, and the rule for it: results on stdout; notes, progress and errors on stderr. With
 * `--json` stdout carries exactly one JSON document, and what a person would have read goes to stderr.
 */
export class Output {
  readonly paint: Paint;
  readonly notePaint: Paint;
  /** Nobody reads stdout any more: there is no use in asking for more to do. */
  readerGone = false;
  #documentWritten = false;
  readonly #words: WordStream;

  constructor(
    readonly stdout: Sink,
    readonly stderr: Sink,
    readonly env: NodeJS.ProcessEnv,
    readonly json: boolean,
  ) {
    this.paint = paintFor(json ? stderr : stdout, env);
    this.notePaint = paintFor(stderr, env);
    this.#words = new WordStream(columnsOf(json ? stderr : stdout));
  }

  /** Whether a person reads the result as it comes. */
  get interactive(): boolean {
    return !this.json && this.stdout.isTTY === true;
  }

  /** Text for the reader, as it is: stdout, or stderr with `--json`. */
  write(text: string): void {
    const all = this.#words.flush() + text;
    this.#words.passed(text);
    this.#put(all);
  }

  /** Text that comes in parts: on a terminal it breaks between words. */
  words(text: string): void {
    this.#put(this.#words.push(text));
  }

  #put(text: string): void {
    if (text !== "") (this.json ? this.stderr : this.stdout).write(text);
  }

  line(text = ""): void {
    this.write(`${fitted(harmless(text, this.paint), this.json ? this.stderr : this.stdout)}\n`);
  }

  lines(texts: readonly string[]): void {
    for (const text of texts) this.line(text);
  }

  /** Something beside the result (stderr). */
  note(text: string): void {
    this.stderr.write(`${this.notePaint.dim(fitted(printable(text), this.stderr))}\n`);
  }

  warn(text: string): void {
    this.stderr.write(`${this.notePaint.yellow(fitted(printable(text), this.stderr))}\n`);
  }

  /** What went wrong (stderr). */
  error(text: string): void {
    this.stderr.write(`${fitted(`${this.notePaint.red("error:")} ${printable(text)}`, this.stderr)}\n`);
  }

  /** The result: as the one JSON document with `--json`, else as `render` shows it. */
  result(document: unknown, render: () => void): void {
    if (!this.json) {
      render();
      return;
    }
    if (this.#documentWritten) return;
    this.#documentWritten = true;
    this.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }
}
