import type { Output } from "./output.js";

/** Shows how far long work has come. */
export interface Progress {
  update(done: number, total: number): void;
  /** Ends the line of a bar; say the outcome afterwards. */
  finish(): void;
}

const barWidth = 28;

/** A bar that redraws itself on a terminal; plain lines, at most one a tenth of the work, in a pipe. On stderr. */
export function createProgress({ stderr, notePaint: { green, dim } }: Output, what: string): Progress {
  const terminal = stderr.isTTY === true;
  let lastTenth = -1;
  return {
    update(done, total) {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const tenth = Math.floor(10 * share);
      const full = Math.round(share * barWidth);
      const bar = green("█".repeat(full)) + dim("░".repeat(barWidth - full));
      if (terminal) stderr.write(`\r\u001B[2K${what} ${bar} ${done}/${total} `);
      else if (tenth !== lastTenth) stderr.write(`${what} ${done}/${total}\n`);
      lastTenth = tenth;
    },
    finish() {
      if (terminal && lastTenth >= 0) stderr.write("\n");
    },
  };
}
