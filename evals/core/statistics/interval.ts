import { SimulacraError } from "../../../data/errors.js";

/** A confidence interval, in the unit of the estimate. */
export type Interval = readonly [low: number, high: number];

/** How wide an interval is. */
export interface Confidence {
  /** Share of such intervals that hold the true value, between 0 and 1. @default 0.95 */
  confidence?: number | undefined;
}

/**
 * The share that a two-sided interval leaves out below, and above: 0.025 for 95 %.
 * @throws invalid_option for a confidence that is not between 0 and 1
 */
export function tailOf({ confidence = 0.95 }: Confidence): number {
  if (confidence > 0 && confidence < 1) return (1 - confidence) / 2;
  throw new SimulacraError(
    "invalid_option",
    `confidence must lie between 0 and 1, for example 0.95; it is ${confidence}.`,
    "user",
    { confidence },
  );
}
