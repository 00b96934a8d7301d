import { binomialPmf } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { sum } from "./values.js";

/** Weights of options: in the order offered, or by label. Counts, shares or percentages: they are normalised. */
export type Weights = readonly number[] | Readonly<Record<string, number>>;

/** Weights by label, in the order of the options; an option not named has none. */
export function inOrder(
  weights: Readonly<Record<string, number>>,
  options: readonly string[],
): OrUndefined<number[]> {
  if (Object.keys(weights).some((label) => !options.includes(label)))
    return undefinedBecause("unknown-option");
  return options.map((label) => (Object.hasOwn(weights, label) ? (weights[label] ?? 0) : 0));
}

/** Weights divided by their sum. */
export function normalised(weights: readonly number[]): OrUndefined<number[]> {
  if (weights.some((weight) => !(weight >= 0))) return undefinedBecause("negative-weight");
  const mass = sum(weights);
  return mass > 0 ? weights.map((weight) => weight / mass) : undefinedBecause("no-mass");
}

/** Half the sum of |p - q|: the share of answers that would have to change, 0 to 1. */
export const totalVariation = (p: readonly number[], q: readonly number[]): number =>
  sum(p.map((share, index) => Math.abs(share - (q[index] ?? 0)))) / 2;

/** Sum of p log2(p/q) in bits; 0 log 0 = 0, Infinity where q is 0 and p is not. Kullback & Leibler 1951. */
export const klDivergence = (p: readonly number[], q: readonly number[]): number =>
  sum(p.map((share, index) => (share === 0 ? 0 : share * Math.log2(share / (q[index] ?? 0)))));

/** (KL(p, m) + KL(q, m))/2 with m = (p + q)/2, in bits, 0 to 1; its square root is a distance. Lin 1991. */
export function jensenShannonDivergence(p: readonly number[], q: readonly number[]): number {
  const middle = p.map((share, index) => (share + (q[index] ?? 0)) / 2);
  const divergence = (klDivergence(p, middle) + klDivergence(q, middle)) / 2;
  return Math.abs(divergence) <= 1e-12 ? 0 : divergence;
}

/** Work to move p into q along the positions: sum of |cumulative difference| x gap. Vallender 1974. */
export function wassersteinDistance(
  p: readonly number[],
  q: readonly number[],
  positions: readonly number[] = p.map((_, index) => index),
): number {
  const ordered = positions
    .map((position, index) => ({ position, difference: (p[index] ?? 0) - (q[index] ?? 0) }))
    .sort((a, b) => a.position - b.position);
  let carried = 0;
  let work = 0;
  for (const [index, { position, difference }] of ordered.entries()) {
    carried += difference;
    work += Math.abs(carried) * ((ordered[index + 1]?.position ?? position) - position);
  }
  return work;
}

/** Entropy by that of a uniform answer over the options offered, 0 to 1. Shannon 1948. */
export function normalisedEntropy(p: readonly number[]): OrUndefined<number> {
  if (p.length < 2) return undefinedBecause("one-option");
  const bits = sum(p.map((share) => (share === 0 ? 0 : share * Math.log2(1 / share))));
  return bits / Math.log2(p.length);
}

/** How far two answer distributions lie apart. */
export interface DistributionComparison {
  readonly totalVariation: number;
  /** In bits, 0 to 1. */
  readonly jensenShannonDivergence: number;
  readonly jensenShannonDistance: number;
  /** KL(p, q) in bits; may be Infinity. */
  readonly klDivergence: number;
  /** In the unit of the positions. */
  readonly wasserstein: number;
  /** By the range of the positions, 0 to 1. */
  readonly wassersteinNormalised: OrUndefined<number>;
  readonly normalisedEntropyP: OrUndefined<number>;
  readonly normalisedEntropyQ: OrUndefined<number>;
}

export interface DistributionOptions {
  /** The options in their order, for weights by label. @default those that p names, then those only q names */
  optionsOffered?: readonly string[] | undefined;
  /** Where ordered options lie. @default 0, 1, 2, … */
  positions?: readonly number[] | undefined;
}

/**
 * Compares two answer distributions over the same options.
 * Undefined: `unknown-option`, `length-mismatch`, `empty`, `negative-weight`, `no-mass`; with one option the
 * normalised values are `one-option`.
 */
export function compareDistributions(
  first: Weights,
  second: Weights,
  { optionsOffered, positions }: DistributionOptions = {},
): OrUndefined<DistributionComparison> {
  const labels = optionsOffered ?? [...new Set([first, second].flatMap((side) => Object.keys(side)))];
  const sides = [first, second].map((side) => (isList(side) ? [...side] : inOrder(side, labels)));
  const [weightsP, weightsQ] = sides;
  if (weightsP === undefined || isUndefined(weightsP)) return weightsP ?? undefinedBecause("empty");
  if (weightsQ === undefined || isUndefined(weightsQ)) return weightsQ ?? undefinedBecause("empty");
  const lengths = [weightsQ.length, positions?.length ?? weightsP.length];
  if (lengths.some((length) => length !== weightsP.length)) return undefinedBecause("length-mismatch");
  if (weightsP.length === 0) return undefinedBecause("empty");
  const p = normalised(weightsP);
  const q = normalised(weightsQ);
  if (isUndefined(p)) return p;
  if (isUndefined(q)) return q;
  const wasserstein = wassersteinDistance(p, q, positions);
  const at = positions ?? p.map((_, index) => index);
  const range = Math.max(...at) - Math.min(...at);
  const divergence = jensenShannonDivergence(p, q);
  return {
    totalVariation: totalVariation(p, q),
    jensenShannonDivergence: divergence,
    jensenShannonDistance: Math.sqrt(divergence),
    klDivergence: klDivergence(p, q),
    wasserstein,
    wassersteinNormalised: range > 0 ? wasserstein / range : undefinedBecause("one-option"),
    normalisedEntropyP: normalisedEntropy(p),
    normalisedEntropyQ: normalisedEntropy(q),
  };
}

const isList = (weights: Weights): weights is readonly number[] => Array.isArray(weights);

/**
 * The total variation to expect between a distribution and the answers of n people drawn from it at random: what sampling
 * alone takes from a perfect simulation. Exact, so that nothing need be drawn: each option's count is binomial, and
 * E|X - np| = 2 m (1 - p) P(X = m) with m = floor(np) + 1 (De Moivre 1730; Diaconis & Zabell 1991).
 * @param shares a distribution (sums to 1)
 * @param n people drawn, 1 or more
 */
export function expectedTotalVariation(shares: readonly number[], n: number): number {
  const deviations = shares.map((p) => {
    const m = Math.floor(n * p) + 1;
    return p <= 0 || m > n ? 0 : (2 * m * (1 - p) * binomialPmf(m, n, p)) / n;
  });
  return sum(deviations) / 2;
}
