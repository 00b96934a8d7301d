import { createInterface, type Interface } from "node:readline/promises";
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
  const readline: Interface = createInterface({
    input: stdin,
    ...(terminal ? { output: output.stderr as NodeJS.WritableStream, terminal: true, historySize: 200 } : {}),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  const waiting: string[] = [];
  let ended = false;
  let deliver: ((line: string | undefined) => void) | undefined;

  const give = (line: string | undefined) => {
    const receiver = deliver;
    deliver = undefined;
    receiver?.(line);
  };
  readline.on("line", (line) => {
    if (deliver === undefined) waiting.push(line);
    else give(line);
  });
  readline.on("close", () => {
    ended = true;
    give(undefined);
  });

  return {
    typed: stdin.isTTY === true,
    interrupts: terminal ? readline : process,
    next(prompt) {
      const line = waiting.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (ended) return Promise.resolve(undefined);
      if (terminal) {
        readline.setPrompt(prompt);
        readline.prompt();
      }
      return new Promise((resolve) => {
        deliver = resolve;
      });
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
