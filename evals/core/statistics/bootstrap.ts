import { seededRandom } from "../random.js";
import { pearsonR } from "./correlation.js";
import {
  allTheSame,
  type Confidence,
  type Interval,
  percentileInterval,
  quantile,
  shareBelow,
  standardErrorOf,
  tailOf,
} from "./interval.js";
import { normalCdf, normalQuantile } from "./special-functions.js";
import { isUndefined, type OrUndefined, type Undefined, undefinedBecause } from "./undefined-because.js";
import { mean, sameValue } from "./values.js";

export interface BootstrapOptions extends Confidence {
  /** How many resamples to draw. @default 10000 */
  resamples?: number;
  /** Seed of the draws. @default "bootstrap" */
  seed?: string | number;
  /** The resamples themselves, each a list of indices of the data, instead of drawing them. */
  indices?: readonly (readonly number[])[];
}

/** An estimate with what resampling says about it, in the unit of the statistic. */
export interface Bootstrap {
  readonly estimate: OrUndefined<number>;
  /** Resamples on which the statistic was defined: all the following speaks of these. */
  readonly replicates: number;
  readonly undefinedReplicates: number;
  readonly standardError: OrUndefined<number>;
  readonly percentile: OrUndefined<Interval>;
  /** Bias-corrected and accelerated interval. */
  readonly bca: OrUndefined<Interval>;
  /** How the BCa limits were found: bias z0, acceleration and the quantiles taken. Absent without `bca`. */
  readonly z0?: number;
  readonly acceleration?: number;
  readonly bcaQuantiles?: Interval;
  /** The defined replicates in the order drawn. */
  readonly replicateValues: readonly number[];
}

type Statistic<Row> = (sample: readonly Row[]) => OrUndefined<number>;

/** The acceleration from leaving out one row at a time: sum (m - t_i)^3 / (6 (sum (m - t_i)^2)^1.5). */
function accelerationOf<Row>(data: readonly Row[], statistic: Statistic<Row>): OrUndefined<number> {
  const without = data.map((_, left) => statistic(data.filter((_row, index) => index !== left)));
  const values = without.filter((value): value is number => !isUndefined(value));
  if (values.length < without.length) return undefinedBecause("undefined-jackknife");
  const centre = mean(values);
  const distances = values.map((value) => centre - value);
  if (values.every((value) => sameValue(value, values[0] ?? 0)))
    return undefinedBecause("no-jackknife-variance");
  const squares = distances.reduce((total, distance) => total + distance ** 2, 0);
  return distances.reduce((total, distance) => total + distance ** 3, 0) / (6 * squares ** 1.5);
}

const withoutResamples = (because: Undefined): Omit<Bootstrap, "estimate"> => ({
  replicates: 0,
  undefinedReplicates: 0,
  standardError: because,
  percentile: because,
  bca: because,
  replicateValues: [],
});

type Bca = Pick<Bootstrap, "bca" | "z0" | "acceleration" | "bcaQuantiles">;

function bcaOf(
  sorted: Float64Array,
  estimate: number,
  acceleration: () => OrUndefined<number>,
  tail: number,
): Bca {
  const none = (because: Undefined): Bca => ({ bca: because });
  if (allTheSame(sorted)) return none(undefinedBecause("degenerate-bootstrap"));
  const z0 = normalQuantile(shareBelow(sorted, estimate));
  if (!Number.isFinite(z0)) return none(undefinedBecause("one-sided-bootstrap"));
  const accelerated = acceleration();
  if (isUndefined(accelerated)) return none(accelerated);
  const shifted = (q: number) => {
    const z = z0 + normalQuantile(q);
    return normalCdf(z0 + z / (1 - accelerated * z));
  };
  const bcaQuantiles = [shifted(tail), shifted(1 - tail)] as const;
  return {
    bca: [quantile(sorted, bcaQuantiles[0]), quantile(sorted, bcaQuantiles[1])],
    z0,
    acceleration: accelerated,
    bcaQuantiles,
  };
}

/**
 * Bootstraps a statistic of independent rows: each resample draws as many rows as there are, with replacement.
 * Percentile and BCa limits; quantiles of type 7. Efron 1987; Efron & Tibshirani 1993.
 * Rows that belong together (answers of one character) are not independent: use `clusterBootstrap`.
 * Undefined: `empty`; for one row everything but the estimate is `too-few`; BCa `degenerate-bootstrap`,
 * `one-sided-bootstrap`, `no-jackknife-variance`, `undefined-jackknife`. A resample on which the statistic is
 * undefined is left out and counted.
 */
export function bootstrap<Row>(
  data: readonly Row[],
  statistic: Statistic<Row>,
  options: BootstrapOptions = {},
): OrUndefined<Bootstrap> {
  const tail = tailOf(options);
  const n = data.length;
  if (n === 0) return undefinedBecause("empty");
  const estimate = statistic(data);
  if (isUndefined(estimate)) return { estimate, ...withoutResamples(estimate) };
  if (n === 1) return { estimate, ...withoutResamples(undefinedBecause("too-few")) };

  const { resamples = 10_000, seed = "bootstrap", indices } = options;
  const random = seededRandom(seed);
  const drawn = data.slice();
  const replicateValues: number[] = [];
  const total = indices?.length ?? resamples;
  for (let resample = 0; resample < total; resample++) {
    const given = indices?.[resample];
    for (let index = 0; index < n; index++) drawn[index] = data[given?.[index] ?? random.below(n)] as Row;
    const value = statistic(drawn);
    if (!isUndefined(value)) replicateValues.push(value);
  }
  const sorted = Float64Array.from(replicateValues).sort();
  const bca: Bca =
    sorted.length === 0
      ? { bca: undefinedBecause("too-few") }
      : bcaOf(sorted, estimate, () => accelerationOf(data, statistic), tail);
  return {
    estimate,
    replicates: sorted.length,
    undefinedReplicates: total - sorted.length,
    standardError: standardErrorOf(sorted),
    percentile: percentileInterval(sorted, tail),
    ...bca,
    replicateValues,
  };
}

/** Two values of one unit, resampled together. */
export type PairOfValues = readonly [number, number];

/** The mean of at least one value. */
export const meanOf = (values: readonly number[]): number => mean(values);

/** The middle value, or the mean of the middle two. */
export function medianOf(values: readonly number[]): OrUndefined<number> {
  const sorted = Float64Array.from(values).sort();
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  return low === undefined || high === undefined ? undefinedBecause("empty") : (low + high) / 2;
}

/** The mean of the first minus the second value of each pair. */
export const meanDifferenceOf = (pairs: readonly PairOfValues[]): number =>
  mean(pairs.map(([a, b]) => a - b));

/** Pearson's correlation of the pairs. */
export const correlationOf = (pairs: readonly PairOfValues[]): OrUndefined<number> =>
  pearsonR(
    pairs.map(([x]) => x),
    pairs.map(([, y]) => y),
  );
