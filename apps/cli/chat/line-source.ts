import { createInterface } from "node:readline/promises";
import type { InterruptSource } from "../interrupts.js";
import type { Output } from "../output.js";

/** Gives the lines that a person types, or that a pipe holds, one at a time and in order. */
export interface LineSource {
  /** The next line, or undefined at the end of input. The prompt is shown on a terminal only. */
  next(prompt: string): Promise<string | undefined>;
  /** Whether a person types the lines, and so sees them. */
  readonly typed: boolean;
  /** Where Ctrl-C arrives while lines are read. */
  readonly interrupts: InterruptSource;
  /** Draws an empty prompt again, after something was written over it. */
  refresh(): void;
  close(): void;
}

/** Lines from a terminal (with editing and history) or a pipe; lines that come while nobody asks wait their turn. */
export function createLineSource(
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  output: Output,
): LineSource {
  const terminal = stdin.isTTY === true && output.stderr.isTTY === true;
  // The prompt is no result: with the answers redirected to a file it still shows (stderr).
  const readline = createInterface({
    input: stdin,
    ...(terminal && { output: output.stderr as NodeJS.WritableStream, terminal: true, historySize: 200 }),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  const lines = readline[Symbol.asyncIterator]();
  let waiting = 0;
  readline.on("line", () => waiting++);
  let ended = false;
  readline.once("close", () => {
    ended = true;
  });
  return {
    typed: stdin.isTTY === true,
    interrupts: terminal ? readline : process,
    async next(prompt) {
      if (terminal && !ended && waiting === 0) {
        readline.setPrompt(prompt);
        readline.prompt();
      }
      const { value, done } = await lines.next();
      if (done === true) return undefined;
      waiting--;
      return value;
    },
    refresh() {
      if (!terminal || ended) return;
      readline.write(null, { ctrl: true, name: "u" });
      readline.prompt();
    },
    close() {
      if (!ended) readline.close();
    },
  };
}
