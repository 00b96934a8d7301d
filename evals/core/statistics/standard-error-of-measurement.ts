import { type Confidence, type Interval, tailOf } from "./interval.js";
import { normalQuantile } from "./special-functions.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/**
 * The standard error of measurement, in the unit of the scores: sd sqrt(1 - reliability). Lord & Novick 1968.
 * Undefined: `negative-reliability`; `out-of-range` for a reliability above 1 or an sd below 0.
 */
export function standardErrorOfMeasurement(sd: number, reliability: number): OrUndefined<number> {
  if (reliability < 0) return undefinedBecause("negative-reliability");
  if (!(reliability <= 1) || !(sd >= 0)) return undefinedBecause("out-of-range");
  return sd * Math.sqrt(1 - reliability);
}

/** The interval round an observed score: score +- z sem. */
export function scoreInterval(score: number, sem: number, options: Confidence = {}): Interval {
  const half = -normalQuantile(tailOf(options)) * sem;
  return [score - half, score + half];
}
