import { type SeededRandom, seededRandom } from "../random.js";
import { type Confidence, type Interval, percentileInterval, standardErrorOf, tailOf } from "./interval.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { type Missing, sum, withoutMissing } from "./values.js";

/** The value of an item, or the values of its repeats. */
export type ItemValues = Missing<number> | readonly Missing<number>[];

/** A resample by indices: the characters drawn and, with two stages, the items drawn for each of them. */
export interface ClusterResample {
  readonly characters: readonly number[];
  readonly items?: readonly (readonly number[])[];
}

export interface ClusterBootstrapOptions extends Confidence {
  /** The mean of all drawn items (of all their values, where an item has several), or of the drawn characters' means. @default "meanOfItems" */
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

/** The answered items of a character: of each the sum of its values, and how many these are. */
interface Cluster {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  readonly sum: number;
  readonly count: number;
}

function clusterOf(items: readonly ItemValues[]): Cluster {
  const repeats = items
    .map((item) => (item === null || typeof item === "number" ? [item] : item))
    .map((values) => withoutMissing(values))
    .filter((answered) => answered.length > 0);
  const sums = Float64Array.from(repeats, sum);
  const counts = Float64Array.from(repeats, ({ length }) => length);
  return { sums, counts, sum: sum(sums), count: sum(counts) };
}

/** Adds as many items as there are, drawn with replacement. The innermost loop: kept bare. */
function addResampled(
  running: RunningMean,
  { sums, counts }: Cluster,
  random: SeededRandom,
  given?: readonly number[],
): void {
  const items = sums.length;
  let sum = 0;
  let count = 0;
  for (let item = 0; item < items; item++) {
    const index = given ? (given[item] ?? 0) : random.below(items);
    sum += sums[index] as number;
    count += counts[index] as number;
  }
  running.add(sum, count);
}

/** The mean of one resample; what is not given is drawn. */
function replicate(
  clusters: readonly Cluster[],
  random: SeededRandom,
  { pooled, twoStages, given }: { pooled: boolean; twoStages: boolean; given: ClusterResample | undefined },
): number {
  const running = new RunningMean(pooled);
  for (let index = 0; index < clusters.length; index++) {
    const cluster = clusters[given?.characters[index] ?? random.below(clusters.length)] as Cluster;
    if (twoStages) addResampled(running, cluster, random, given?.items?.[index]);
    else running.add(cluster.sum, cluster.count);
  }
  return running.value;
}

/**
 * Bootstraps a mean by characters, then by the items within each: answers of one character are not independent,
 * so the characters are what is drawn. A resample draws as many characters as there are, with replacement, and for
 * each drawn one, independently, as many of its items as it has. Percentile limits of type 7.
 * An item that was put several times is drawn with all its values: repeats of one item are not independent either.
 * To compare two methods, give the differences of their scores on the same items. Unanswered items leave first, then
 * characters without answers. Davison & Hinkley 1997; Cameron, Gelbach & Miller 2008.
 * Undefined: `empty`; for one character with one stage `too-few`. With two stages the interval of one character
 * speaks of this character alone. Under ten characters, intervals of this kind are too narrow.
 */
export function clusterBootstrap(
  characters: readonly { readonly items: readonly ItemValues[] }[],
  options: ClusterBootstrapOptions = {},
): OrUndefined<ClusterBootstrap> {
  const { statistic = "meanOfItems", stages = 2, resamples = 10_000, seed = "cluster-bootstrap" } = options;
  const tail = tailOf(options);
  const clusters = characters.map(({ items }) => clusterOf(items)).filter(({ count }) => count > 0);
  if (clusters.length === 0) return undefinedBecause("empty");
  const pooled = statistic === "meanOfItems";
  const whole = new RunningMean(pooled);
  for (const { sum, count } of clusters) whole.add(sum, count);
  const counts = {
    estimate: whole.value,
    characters: clusters.length,
    items: clusters.reduce((total, { sums }) => total + sums.length, 0),
  };
  if (clusters.length === 1 && stages === 1) {
    const none = undefinedBecause("too-few");
    return { ...counts, replicates: 0, standardError: none, percentile: none, replicateValues: [] };
  }
  const random = seededRandom(seed);
  const given = typeof resamples === "number" ? [] : resamples;
  const values = new Float64Array(typeof resamples === "number" ? resamples : resamples.length);
  for (let index = 0; index < values.length; index++)
    values[index] = replicate(clusters, random, { pooled, twoStages: stages === 2, given: given[index] });
  return {
    ...counts,
    replicates: values.length,
    standardError: standardErrorOf(values),
    percentile: percentileInterval(values.slice().sort(), tail),
    replicateValues: [...values],
  };
}
