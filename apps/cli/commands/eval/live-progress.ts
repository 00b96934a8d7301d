import { performance } from "node:perf_hooks";
import type { EvaluationProgress } from "../../../../evals/core/evaluation-options.js";
import type { Output } from "../../output.js";

/** Shortest time between two drawings in a terminal, and between two lines elsewhere, in milliseconds. */
const DRAW_MS = 100;
const LINE_MS = 10_000;

/** Shows on stderr how a run gets on: one line that is redrawn in a terminal, else a line now and then. */
export class LiveProgress {
  /** When the first item was done: what came before it was opening. */
  #start: number | undefined;
  #shown: number;
  #drawn = false;

  constructor(private readonly output: Output) {
    this.#shown = this.#terminal ? 0 : performance.now();
  }

  update(progress: EvaluationProgress): void {
    const now = performance.now();
    this.#start ??= now;
    const last = progress.done === progress.planned;
    // With --json nobody watches.
    if (this.output.json || (!last && now - this.#shown < (this.#terminal ? DRAW_MS : LINE_MS))) return;
    this.#shown = now;
    const line = progressLine(progress, now - this.#start);
    if (!this.#terminal) this.output.stderr.write(`${line}\n`);
    else {
      const width = Math.max(20, (this.output.stderr.columns ?? 80) - 1);
      this.output.stderr.write(`\r\u001B[2K${line.slice(0, width)}`);
      this.#drawn = true;
    }
  }

  /** Ends the line; say the outcome afterwards. */
  finish(): void {
    if (this.#drawn) this.output.stderr.write("\n");
    this.#drawn = false;
  }

  get #terminal(): boolean {
    return this.output.stderr.isTTY === true;
  }
}

/** As "self-report 120/480, 2 errors, 1 refused, 34,210 tokens, 3 min left"; `elapsedMs` since the first item was done. */
export function progressLine(progress: EvaluationProgress, elapsedMs: number): string {
  const { instrument, done, planned, made, errors, refusals, inputTokens, outputTokens } = progress;
  const left = made > 1 ? ((planned - done) * elapsedMs) / (made - 1) : undefined;
  return [
    `${instrument} ${done}/${planned}`,
    `${errors} errors`,
    `${refusals} refused`,
    `${(inputTokens + outputTokens).toLocaleString("en")} tokens`,
    ...(done < planned && left !== undefined ? [`${durationText(left)} left`] : []),
  ].join(", ");
}

function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
