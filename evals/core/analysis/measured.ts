import type { Measure, MeasuredUnit, Sample } from "../contract.js";
import { countBy, different, groupBy } from "../grouping.js";
import { unitsOf } from "../instrument-fault.js";
import { type ClusterBootstrap, clusterBootstrap } from "../statistics/cluster-bootstrap.js";
import type { Interval } from "../statistics/interval.js";
import { wilsonInterval } from "../statistics/proportions.js";
import { type RepeatedValue, spreadOf } from "../statistics/spread.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "../statistics/undefined-because.js";
import { mean, sameValue } from "../statistics/values.js";
import type { MeasuredResult } from "./results.js";

/** What every bootstrap of a report is drawn with. */
export interface Resampling {
  seed: string;
  resamples: number;
  confidence: number;
}

/** One measure over one condition's samples: mean, n, what was left out, interval and spread; null where it has no units. */
export function measured(
  measure: Measure,
  condition: string,
  samples: readonly Sample[],
  resampling: Resampling,
): MeasuredResult | null {
  const units = unitsOf(measure, samples);
  if (units.length === 0) return null;
  const values = valuesOf(units);
  const clusters = clustersOf(values);
  const drawn = clusterBootstrap(clusters, {
    ...resampling,
    seed: `${resampling.seed}/${measure.id}/${condition}`,
  });
  const all = values.map(({ value }) => value);
  const { interval, by, standardError } = intervalOfMean(drawn, all, measure.binary ?? false);
  return {
    condition,
    n: values.length,
    characters: clusters.length,
    items: clusters.reduce((sum, { items }) => sum + items.length, 0),
    repeats: different(values, ({ repeat }) => repeat),
    leftOut: countBy(
      units.flatMap(({ value }) => (typeof value === "number" ? [] : [value.leftOut])),
      String,
    ),
    mean: isUndefined(drawn) ? drawn : drawn.estimate,
    interval,
    intervalBy: by,
    standardError,
    spread: spreadOf(values),
    distribution: distributionOf(all),
    byCharacter: [...groupBy(values, ({ character }) => character)].map(([character, own]) => ({
      character,
      n: own.length,
      mean: mean(own.map(({ value }) => value)),
    })),
    references: (measure.references?.(samples) ?? []).map(({ label, value }) => ({ label, value })),
  };
}

/** The units that have a value. */
export const valuesOf = (units: readonly MeasuredUnit[]): RepeatedValue[] =>
  units.flatMap(({ value, ...unit }) => (typeof value === "number" ? [{ ...unit, value }] : []));

/** Values by character and item, as the cluster bootstrap draws them: an item with all its repeats. */
export function clustersOf(values: readonly RepeatedValue[]): { character: string; items: number[][] }[] {
  return [...groupBy(values, ({ character }) => character)].map(([character, own]) => ({
    character,
    items: [...groupBy(own, ({ item }) => item).values()].map((item) => item.map(({ value }) => value)),
  }));
}

/** An interval and how it was made; `by` is null where there is none. */
interface MeanInterval {
  interval: OrUndefined<Interval>;
  /** `wilson` takes the answers as independent, which those of one subject are not. */
  by: "bootstrap" | "wilson" | null;
  standardError: OrUndefined<number>;
}

/** The bootstrap's interval; undefined where no resample differs from another, for that tells nothing about the next answer. */
export function bootstrapInterval({ percentile }: ClusterBootstrap): OrUndefined<Interval> {
  if (isUndefined(percentile) || !sameValue(...percentile)) return percentile;
  return undefinedBecause("degenerate-bootstrap");
}

/**
 * The interval to print beside a mean. Where the bootstrap has none because all resamples are alike, a share of yes or no
 * answers (`binary`) gets Wilson's of its values: 12 times no out of 12 is no proof of never.
 */
export function intervalOfMean(
  drawn: OrUndefined<ClusterBootstrap>,
  values: readonly number[],
  binary: boolean,
): MeanInterval {
  if (isUndefined(drawn)) return { interval: drawn, by: null, standardError: drawn };
  // Drawing the only item of the only subject again and again says nothing about any other.
  if (drawn.items === 1) {
    const none = undefinedBecause("too-few");
    return { interval: none, by: null, standardError: none };
  }
  const interval = bootstrapInterval(drawn);
  if (!isUndefined(interval)) return { interval, by: "bootstrap", standardError: drawn.standardError };
  if (!binary || values.some((value) => value !== 0 && value !== 1))
    return { interval, by: null, standardError: interval };
  const yes = values.filter((value) => value === 1).length;
  return { interval: wilsonInterval(yes, values.length), by: "wilson", standardError: interval };
}

/** Up to so many different values are counted one by one. */
const mostValues = 12;
const bins = 10;

/** How values are distributed: every value counted where there are few, else ten equally wide ranges. */
function distributionOf(values: readonly number[]): MeasuredResult["distribution"] {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined) return [];
  const single = [...new Set(sorted)];
  if (single.length <= mostValues)
    return single.map((value) => ({
      from: value,
      to: value,
      n: sorted.filter((each) => each === value).length,
    }));
  const width = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((n, at) => ({
    from: low + at * width,
    to: at === bins - 1 ? high : low + (at + 1) * width,
    n,
  }));
}
