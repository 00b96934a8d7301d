import type { Command } from "commander";
import type { KnownNumbers, Threshold } from "../../../../evals/core/analysis/fail-under.js";
import type { RunResults } from "../../../../evals/core/analysis/results.js";
import type { EvaluationOptions } from "../../../../evals/core/evaluation-options.js";
import type { CommandLine } from "../../command-line.js";
import { exitCode } from "../../exit-code.js";

export interface FailUnder {
  failUnder: string[];
}

/** Adds `--fail-under`. */
export const withFailUnder = (command: Command): Command =>
  command.option(
    "--fail-under <metric=value>",
    "end with 3 where the mean is lower, as self-report.points@macm=25 (may be given several times)",
    (value: string, before: string[]) => [...before, value],
    [],
  );

/**
 * Checks every threshold before a run, so that a slip of the pen does not cost one.
 * @returns what they may name; undefined where there are none
 * @throws SimulacraError `invalid_option`
 */
export async function checkThresholds(
  options: EvaluationOptions,
  given: readonly string[],
): Promise<readonly KnownNumbers[] | undefined> {
  if (given.length === 0) return undefined;
  const { checkThreshold } = await import("../../../../evals/core/analysis/fail-under.js");
  const { knownNumbers } = await import("../../../../evals/core/known-numbers.js");
  const known = await knownNumbers(options);
  for (const threshold of given) checkThreshold(threshold, known);
  return known;
}

/**
 * Holds the results against every threshold given; one that is not met is told of and ends the command with 3.
 * @throws SimulacraError `invalid_option`
 */
export async function judge(
  cli: CommandLine,
  results: RunResults,
  given: readonly string[],
  known?: readonly KnownNumbers[],
): Promise<Threshold[]> {
  if (given.length === 0) return [];
  const { failUnder } = await import("../../../../evals/core/analysis/fail-under.js");
  const thresholds = given.map((threshold) => failUnder(results.instruments, threshold, known));
  for (const { metric, below } of thresholds)
    for (const { text } of below) {
      cli.output.warn(`${metric}: ${text}`);
      cli.exitCode = exitCode.threshold;
    }
  return thresholds;
}
