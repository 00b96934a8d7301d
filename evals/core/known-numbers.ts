import type { KnownNumbers } from "./analysis/fail-under.js";
import { type EvaluationOptions, fullOptions } from "./evaluation-options.js";
import { instrumentOfRun } from "./find-instruments.js";
import { runnableEvaluation } from "./prepare-evaluation.js";
import { readRunFile } from "./run-file.js";

/**
 * What thresholds of a run may name, before anything is spent: the numbers that it will make, and those of the
 * instruments that its folder has already.
 * @throws SimulacraError as `runEvaluation` does before it begins
 */
export async function knownNumbers(given: EvaluationOptions): Promise<KnownNumbers[]> {
  const options = fullOptions(given);
  const { instruments } = await runnableEvaluation(options);
  const { entries } = readRunFile(options.out);
  const asked = instruments.map(({ instrument, plan }): KnownNumbers => {
    const isThere = entries.some((entry) => entry.instrument === instrument.name);
    const planned = new Set<string>();
    for (const { condition } of plan.sessions()) planned.add(condition.method);
    return { instrument, methods: isThere ? null : [...planned] };
  });
  const earlier = new Map(entries.map((entry) => [entry.instrument, entry]));
  for (const { name } of asked.map(({ instrument }) => instrument)) earlier.delete(name);
  const others = [...earlier.values()].map(async (entry): Promise<KnownNumbers> => {
    return { instrument: await instrumentOfRun(entry), methods: null };
  });
  return [...asked, ...(await Promise.all(others))];
}
