import { type Confidence, type Interval, tailOf } from "./interval.js";
import { fQuantile } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { completeRows, type Missing, mean, sum, varies } from "./values.js";

/** One coefficient with its interval; at most 1, may be negative. */
export interface IccWithInterval {
  readonly icc: number;
  readonly ci: OrUndefined<Interval>;
}

/** Mean squares of the two-way analysis of variance of targets x raters. */
interface MeanSquares {
  readonly msTargets: number;
  readonly msWithin: number;
  readonly msRaters: number;
  readonly msError: number;
}

/** Intraclass correlations: of one rater, and (k) of the mean of all k raters. */
export interface Icc extends MeanSquares {
  readonly targets: number;
  readonly raters: number;
  /** Each target rated by raters of its own. */
  readonly icc1_1: OrUndefined<IccWithInterval>;
  /** Agreement in level as well as in order. */
  readonly icc2_1: OrUndefined<IccWithInterval>;
  /** Agreement but for constant differences between raters. */
  readonly icc3_1: OrUndefined<IccWithInterval>;
  readonly icc2_k: OrUndefined<IccWithInterval>;
  readonly icc3_k: OrUndefined<IccWithInterval>;
}

function meanSquares(ratings: readonly (readonly number[])[]): MeanSquares & { total: number } {
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  const ofTargets = ratings.map((row) => mean(row));
  const ofRaters = ratings[0]?.map((_, rater) => mean(ratings.map((row) => row[rater] ?? 0))) ?? [];
  const grand = mean(ofTargets);
  const squares = (distance: (rating: number, target: number, rater: number) => number) =>
    sum(ratings.map((row, target) => sum(row.map((rating, rater) => distance(rating, target, rater) ** 2))));
  const target = (at: number) => ofTargets[at] ?? 0;
  const rater = (at: number) => ofRaters[at] ?? 0;
  const total = squares((rating) => rating - grand) / (n * k - 1);
  // Below this a mean square is the dust of floating point.
  const clean = (value: number) => (value < 1e-12 * total ? 0 : value);
  return {
    total,
    msTargets: clean(squares((_, t) => target(t) - grand) / (n - 1)),
    msWithin: clean(squares((rating, t) => rating - target(t)) / (n * (k - 1))),
    msRaters: clean(squares((_, __, r) => rater(r) - grand) / (k - 1)),
    msError: clean(squares((rating, t, r) => rating - target(t) - rater(r) + grand) / ((n - 1) * (k - 1))),
  };
}

/** Shrout & Fleiss's interval of an F ratio: [F0 / F(q; df1, df2), F0 F(q; df2, df1)]. */
function limitsOfF(
  between: number,
  error: number,
  df1: number,
  df2: number,
  q: number,
): OrUndefined<Interval> {
  if (error === 0) return undefinedBecause("no-error-variance");
  if (between === 0) return undefinedBecause("no-between-variance");
  const f = between / error;
  return [f / fQuantile(q, df1, df2), f * fQuantile(q, df2, df1)];
}

const mapInterval = (
  interval: OrUndefined<Interval>,
  map: (limit: number) => number,
): OrUndefined<Interval> => (isUndefined(interval) ? interval : [map(interval[0]), map(interval[1])]);

/** Shrout & Fleiss's interval of ICC(2,1), with Satterthwaite's degrees of freedom, seldom whole. */
function intervalOfAgreement(
  ms: MeanSquares,
  r: number,
  n: number,
  k: number,
  q: number,
): OrUndefined<Interval> {
  const { msTargets: msb, msRaters: msj, msError: mse } = ms;
  if (mse === 0) return undefinedBecause("no-error-variance");
  if (msb === 0) return undefinedBecause("no-between-variance");
  const fj = msj / mse;
  const other = n * (1 + (k - 1) * r) - k * r;
  const v =
    ((n - 1) * (k - 1) * (k * r * fj + other) ** 2) / ((n - 1) * k ** 2 * r ** 2 * fj ** 2 + other ** 2);
  if (!(v > 0)) return undefinedBecause("limit-out-of-range");
  const below = fQuantile(q, n - 1, v);
  const above = fQuantile(q, v, n - 1);
  const rest = k * msj + (k * n - k - n) * mse;
  return [
    (n * (msb - below * mse)) / (below * rest + n * msb),
    (n * (above * msb - mse)) / (rest + n * above * msb),
  ];
}

/** The limits for one rater as limits for the mean of k. */
function forMeanOfRaters(interval: OrUndefined<Interval>, k: number): OrUndefined<Interval> {
  if (isUndefined(interval)) return interval;
  if (1 + (k - 1) * interval[0] <= 0) return undefinedBecause("limit-out-of-range");
  return mapInterval(interval, (limit) => (k * limit) / (1 + (k - 1) * limit));
}

/**
 * Intraclass correlations of `ratings`, targets x raters, from the two-way analysis of variance; a target with a
 * missing rating is left out. Shrout & Fleiss 1979; McGraw & Wong 1996 call (2,1) ICC(A,1) and (3,1) ICC(C,1).
 * Undefined: `empty`, `one-rater`, `too-few` (one target), `length-mismatch`; coefficients `no-variance`,
 * `no-between-variance`, `non-positive-denominator`; intervals also `no-error-variance`, `limit-out-of-range`.
 */
export function icc(
  ratings: readonly (readonly Missing<number>[])[],
  options: Confidence = {},
): OrUndefined<Icc> {
  const q = 1 - tailOf(options);
  const rows = completeRows(ratings);
  if (isUndefined(rows)) return rows;
  const n = rows.length;
  const k = rows[0]?.length ?? 0;
  if (k < 2) return undefinedBecause("one-rater");
  if (n < 2) return undefinedBecause("too-few");
  const size = { targets: n, raters: k };
  if (!varies(rows.flat())) {
    const none = undefinedBecause("no-variance");
    const zero = { msTargets: 0, msWithin: 0, msRaters: 0, msError: 0 };
    return { ...size, icc1_1: none, icc2_1: none, icc3_1: none, icc2_k: none, icc3_k: none, ...zero };
  }
  const { total, ...ms } = meanSquares(rows);
  const { msTargets: msb, msWithin: msw, msRaters: msj, msError: mse } = ms;
  const ratio = (above: number, below: number): OrUndefined<number> =>
    below > 1e-12 * total ? above / below : undefinedBecause("non-positive-denominator");
  const withInterval = (value: OrUndefined<number>, ci: (value: number) => OrUndefined<Interval>) =>
    isUndefined(value) ? value : { icc: value, ci: ci(value) };

  const single = (f: number) => (f - 1) / (f + k - 1);
  const within = limitsOfF(msb, msw, n - 1, n * (k - 1), q);
  const residual = limitsOfF(msb, mse, n - 1, (n - 1) * (k - 1), q);
  const shift = (k * (msj - mse)) / n;
  const agreement = ratio(msb - mse, msb + (k - 1) * mse + shift);
  const intervalOf = (r: number) => intervalOfAgreement(ms, r, n, k, q);
  const agreementInterval = isUndefined(agreement) ? agreement : intervalOf(agreement);
  return {
    ...size,
    icc1_1: withInterval(ratio(msb - msw, msb + (k - 1) * msw), () => mapInterval(within, single)),
    icc2_1: withInterval(agreement, intervalOf),
    icc3_1: withInterval(ratio(msb - mse, msb + (k - 1) * mse), () => mapInterval(residual, single)),
    icc2_k: withInterval(ratio(msb - mse, msb + (msj - mse) / n), () =>
      forMeanOfRaters(agreementInterval, k),
    ),
    icc3_k:
      msb === 0
        ? undefinedBecause("no-between-variance")
        : { icc: (msb - mse) / msb, ci: mapInterval(residual, (f) => 1 - 1 / f) },
    ...ms,
  };
}
