import { appendFileSync, closeSync, fstatSync, openSync, readSync } from "node:fs";
import { BaseTracer, type Run } from "@langchain/core/tracers/base";
import type { Character } from "../../data/character.js";
import { reasonOf, SimulacraError } from "../../data/errors.js";
import { lineOfRun } from "./line-of-run.js";
import { passagesRecalled } from "./passages-recalled.js";
import { TRACE_VERSION, type TraceLine } from "./trace-line.js";
import { withoutKeys } from "./without-keys.js";

/** What a trace file is written with. */
export interface FileTracerOptions {
  /**
   * Whose turns are traced: the name, and the passages of the life story that memories come from, are kept with them.
   * Several are told apart by the run's own metadata. @default none
   */
  characters?: readonly Character[];
  /** Values that are replaced wherever they stand. @default none */
  keys?: readonly string[];
  /** Told once, with the reason, when the file takes no more (a full disk); what ends later is not traced. @default thrown to LangChain, which prints it for every run */
  onLost?: (reason: string) => void;
}

/**
 * Appends one JSON line (`TraceLine`) to a file for each run as it finishes, so that a killed program leaves all but
 * the line it was writing. Settings of model clients, which may hold a key, are never written.
 */
export class FileTracer extends BaseTracer {
  readonly name = "simulacra_file_tracer";
  readonly #file: number;
  readonly #options: FileTracerOptions;
  readonly #written = new Set<string>();
  #closed = false;

  /** @throws SimulacraError `invalid_option` where the file cannot be written, or holds something else than a trace */
  constructor(path: string, options: FileTracerOptions = {}) {
    super();
    this.#options = options;
    const refusal = (message: string, cause?: unknown) =>
      new SimulacraError("invalid_option", `--trace: ${message}`, "user", { path }, { cause });
    let other: boolean;
    try {
      this.#file = openSync(path, "a+", 0o600);
      other = holdsSomethingElse(this.#file);
      if (other) closeSync(this.#file);
      else if (endsInsideALine(this.#file)) appendFileSync(this.#file, "\n");
    } catch (cause) {
      throw refusal(`cannot write ${path}.`, cause);
    }
    if (other)
      throw refusal(
        `${path} is there already and is no trace; lines added to it would damage it. Give another name.`,
      );
  }

  override async onRunUpdate(run: Run): Promise<void> {
    // The number of a closed file is given to the next one that is opened: a late line would be written into that.
    if (this.#closed || run.end_time === undefined) return;
    const line = lineOfRun(run);
    const { characters = [] } = this.#options;
    const [first, ...others] = characters;
    const character =
      others.length === 0 ? first : characters.find(({ id }) => id === line.metadata.character);
    if (character !== undefined) {
      this.#once({ v: TRACE_VERSION, type: "character", id: character.id, name: character.name });
      for (const passage of passagesRecalled(line, character)) this.#once(passage);
    }
    this.#write(line);
  }

  /** Closes the file; runs that end afterwards are lost. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#file);
  }

  protected override async persistRun(): Promise<void> {}

  #once(line: TraceLine): void {
    const key = `${line.type} ${line.id}`;
    if (this.#written.has(key)) return;
    this.#written.add(key);
    this.#write(line);
  }

  #write(line: TraceLine): void {
    const keys = this.#options.keys ?? [];
    const clean = JSON.stringify(line, (_key, value: unknown) =>
      typeof value === "string" ? withoutKeys(value, keys) : value,
    );
    if (this.#closed) return;
    try {
      appendFileSync(this.#file, `${clean}\n`);
    } catch (error) {
      const { onLost } = this.#options;
      if (!onLost) throw error;
      this.close();
      onLost(reasonOf(error));
    }
  }
}

/** What every trace begins with; a program that was killed at once left a part of it. */
const BEGINNING = '{"v":';

/** Whether a file (no device or pipe) holds anything that is no trace: a memory, a story, somebody's own notes. */
function holdsSomethingElse(file: number): boolean {
  if (!fstatSync(file).isFile()) return false;
  const head = Buffer.alloc(BEGINNING.length);
  const bytes = readSync(file, head, 0, head.length, 0);
  return !BEGINNING.startsWith(head.toString("latin1", 0, bytes));
}

/** Whether a program was killed while it wrote the last line: the next must not be glued to it. */
function endsInsideALine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last.toString() !== "\n";
}
