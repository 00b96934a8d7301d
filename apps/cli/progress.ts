import type { Output } from "./output.js";

/** Shows how far long work has come. */
export interface Progress {
  /** `done` of `total` pieces; `label` says what is being worked at. */
  update(done: number, total: number, label?: string): void;
  /** Ends the line of a bar; say the outcome afterwards. */
  finish(): void;
}

const barWidth = 28;

/** A bar that redraws itself on a terminal; plain lines, at most one a tenth of the work, in a pipe. On stderr. */
export function createProgress(output: Output, what: string): Progress {
  return output.stderr.isTTY === true ? terminalBar(output, what) : plainLines(output, what);
}

function terminalBar(output: Output, what: string): Progress {
  let drawn = false;
  return {
    update(done, total, label = "") {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const full = Math.round(share * barWidth);
      const bar =
        output.notePaint.green("█".repeat(full)) + output.notePaint.dim("░".repeat(barWidth - full));
      const room = Math.max(0, (output.stderr.columns ?? 80) - barWidth - what.length - 20);
      output.stderr.write(`\r\u001B[2K${what} ${bar} ${done}/${total} ${label.slice(0, room)}`);
      drawn = true;
    },
    finish() {
      if (drawn) output.stderr.write("\n");
    },
  };
}

function plainLines(output: Output, what: string): Progress {
  let lastTenth = -1;
  return {
    update(done, total) {
      const tenth = total === 0 ? 10 : Math.floor((10 * done) / total);
      if (tenth === lastTenth) return;
      lastTenth = tenth;
      output.stderr.write(`${what} ${done}/${total}\n`);
    },
    finish() {},
  };
}
