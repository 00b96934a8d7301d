import { type SeededRandom, seededRandom } from "../random.js";
import { type Confidence, type Interval, tailOf } from "./interval.js";
import { type Missing, withoutMissing } from "./missing-values.js";
import { sum } from "./moments.js";
import { percentileInterval, standardErrorOf } from "./resampled.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** A resample by places: the characters drawn and, with two stages, the items drawn for each of them. */
export interface ClusterResample {
  readonly characters: readonly number[];
  readonly items?: readonly (readonly number[])[];
}

export interface ClusterBootstrapOptions extends Confidence {
  /** The mean of all drawn items, or of the drawn characters' means. @default "meanOfItems" */
  statistic?: "meanOfItems" | "meanOfCharacters";
  /** 2: characters, then the items of each; 1: characters only, their items kept. @default 2 */
  stages?: 1 | 2;
  /** How many resamples to draw, or the resamples themselves. @default 10000 */
  resamples?: number | readonly ClusterResample[];
  /** Seed of the draws. @default "cluster-bootstrap" */
  seed?: string | number;
}

/** A mean over characters and items with its interval, in the unit of the items. */
export interface ClusterBootstrap {
  readonly estimate: number;
  /** Characters with an answered item. */
  readonly characters: number;
  /** Answered items of all characters. */
  readonly items: number;
  readonly replicates: number;
  readonly standardError: OrUndefined<number>;
  readonly percentile: OrUndefined<Interval>;
  /** The replicates in the order drawn. */
  readonly replicateValues: readonly number[];
}

/** Adds up means in one of the two ways. */
class RunningMean {
  #total = 0;
  #weight = 0;
  constructor(private readonly pooled: boolean) {}
  add(sum: number, count: number): void {
    this.#total += this.pooled ? sum : sum / count;
    this.#weight += this.pooled ? count : 1;
  }
  get value(): number {
    return this.#total / this.#weight;
  }
}

/** The sum of as many values as there are, drawn with replacement. The innermost loop: kept bare. */
function sumOfResampled(values: Float64Array, random: SeededRandom, given?: readonly number[]): number {
  const count = values.length;
  let sum = 0;
  if (given) for (const place of given) sum += values[place] ?? 0;
  else for (let item = 0; item < count; item++) sum += values[random.below(count)] as number;
  return sum;
}

/** The mean of one resample; what is not given is drawn. */
function replicate(
  items: readonly Float64Array[],
  sums: Float64Array,
  random: SeededRandom,
  { pooled, twoStages, given }: { pooled: boolean; twoStages: boolean; given: ClusterResample | undefined },
): number {
  const running = new RunningMean(pooled);
  for (let place = 0; place < items.length; place++) {
    const character = given?.characters[place] ?? random.below(items.length);
    const values = items[character] ?? new Float64Array(1);
    const count = values.length;
    let sum = sums[character] ?? 0;
    if (twoStages) sum = sumOfResampled(values, random, given?.items?.[place]);
    running.add(sum, count);
  }
  return running.value;
}

/**
 * Bootstraps a mean by characters, then by the items within each: answers of one character are not independent,
 * so the characters are what is drawn. A resample draws as many characters as there are, with replacement, and for
 * each drawn one, independently, as many of its items as it has. Percentile limits of type 7.
 * To compare two methods, give the differences of their scores on the same items. Unanswered items leave first, then
 * characters without answers. Davison & Hinkley 1997; Cameron, Gelbach & Miller 2008.
 * Undefined: `empty`; for one character with one stage `too-few`. With two stages the interval of one character
 * speaks of this character alone. Under ten characters, intervals of this kind are too narrow.
 */
export function clusterBootstrap(
  characters: readonly { readonly items: readonly Missing<number>[] }[],
  options: ClusterBootstrapOptions = {},
): OrUndefined<ClusterBootstrap> {
  const { statistic = "meanOfItems", stages = 2, resamples = 10_000, seed = "cluster-bootstrap" } = options;
  const tail = tailOf(options);
  const items = characters
    .map((character) => Float64Array.from(withoutMissing(character.items)))
    .filter((answered) => answered.length > 0);
  if (items.length === 0) return undefinedBecause("empty");
  const sums = Float64Array.from(items, sum);
  const pooled = statistic === "meanOfItems";
  const whole = new RunningMean(pooled);
  for (const [index, values] of items.entries()) whole.add(sums[index] ?? 0, values.length);
  const counts = {
    estimate: whole.value,
    characters: items.length,
    items: items.reduce((total, values) => total + values.length, 0),
  };
  if (items.length === 1 && stages === 1) {
    const none = undefinedBecause("too-few");
    return { ...counts, replicates: 0, standardError: none, percentile: none, replicateValues: [] };
  }
  const random = seededRandom(seed);
  const given = typeof resamples === "number" ? [] : resamples;
  const values = new Float64Array(typeof resamples === "number" ? resamples : resamples.length);
  for (let index = 0; index < values.length; index++)
    values[index] = replicate(items, sums, random, { pooled, twoStages: stages === 2, given: given[index] });
  return {
    ...counts,
    replicates: values.length,
    standardError: standardErrorOf(values),
    percentile: percentileInterval(values.slice().sort(), tail),
    replicateValues: [...values],
  };
}
