import type { Measure, MeasuredUnit, Sample } from "../contract.js";
import { groupBy } from "../group-by.js";
import { unitsOf } from "../instrument-fault.js";
import { clusterBootstrap } from "../statistics/cluster-bootstrap.js";
import { mean } from "../statistics/moments.js";
import { type RepeatedValue, spreadOf } from "../statistics/spread.js";
import { isUndefined } from "../statistics/undefined-because.js";
import { different } from "./conditions.js";
import { distributionOf } from "./distribution.js";
import { intervalOfMean } from "./interval-of-mean.js";
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
    leftOut: countedReasons(units.flatMap(({ value }) => (typeof value === "number" ? [] : [value.leftOut]))),
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

/** How often each reason occurs. */
export function countedReasons(reasons: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...groupBy(reasons, (reason) => reason)].map(([reason, all]) => [reason, all.length]),
  );
}
