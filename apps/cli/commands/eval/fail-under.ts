import type { Threshold } from "../../../../evals/core/analysis/fail-under.js";
import type { RunResults } from "../../../../evals/core/analysis/results.js";

export interface FailUnder {
  failUnder: string[];
}

export const failUnderFlag = (value: string, before: string[]): string[] => [...before, value];

/** Holds the results against every threshold given. @throws SimulacraError `invalid_option` */
export async function thresholdsMet(results: RunResults, given: readonly string[]): Promise<Threshold[]> {
  if (given.length === 0) return [];
  const { failUnder } = await import("../../../../evals/core/analysis/fail-under.js");
  return given.map((threshold) => failUnder(results.instruments, threshold));
}
