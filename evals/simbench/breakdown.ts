import { intervalOfMean } from "../core/analysis/measured.js";
import { groupBy } from "../core/grouping.js";
import { clusterBootstrap, isUndefined } from "../core/statistics/index.js";
import { meanOrNull } from "../core/statistics/values.js";
import { entropyOf, expectedByChance, type ScoredCase } from "./scored-case.js";

/** Resamples behind every interval here. */
export const RESAMPLES = 2000;

/** A part of the cases with its mean score. Intervals are 95 %, by bootstrap. */
export interface Part {
  name: string;
  cases: number;
  scored: number;
  score: number | null;
  /** Null where there is one score only, or all are alike. */
  interval: readonly [low: number, high: number] | null;
  distance: number | null;
  /** Mean score to expect of the people themselves, asked again; null where no group's size is known. */
  noiseFloor: number | null;
}

/**
 * The mean over cases. Cases of one data set are not independent, so the bootstrap draws data sets and then cases (each with
 * its repeats); within one data set it draws cases, and speaks of this data set alone.
 */
export function partOf(name: string, cases: readonly ScoredCase[]): Part {
  const byDataset = [...groupBy(cases, ({ dataset }) => dataset).values()];
  const found = clusterBootstrap(
    byDataset.map((own) => ({
      items: [...groupBy(own, ({ id }) => id).values()].map((repeats) =>
        repeats.map(({ score }) => (typeof score === "number" ? score : null)),
      ),
    })),
    { resamples: RESAMPLES, seed: `simbench/${name}` },
  );
  const { interval } = intervalOfMean(found, [], false);
  const scored = cases.filter(({ score }) => typeof score === "number");
  const floors = scored.flatMap((each) => expectedByChance(each, each.groupSize)?.score ?? []);
  return {
    name,
    cases: cases.length,
    scored: scored.length,
    score: isUndefined(found) ? null : found.estimate,
    interval: isUndefined(interval) ? null : interval,
    distance: meanOrNull(scored.map(({ distance }) => Number(distance))),
    noiseFloor: meanOrNull(floors),
  };
}

const parts = (groups: ReadonlyMap<string, ScoredCase[]>): Part[] =>
  [...groups].map(([name, cases]) => partOf(name, cases));

export const byDataset = (cases: readonly ScoredCase[]): Part[] =>
  parts(groupBy(cases, ({ dataset }) => dataset)).sort((a, b) => a.name.localeCompare(b.name));

const BINS = 5;

/** By how far people disagree: the normalised entropy of the human answer, in fifths. */
export function byEntropy(cases: readonly ScoredCase[]): Part[] {
  const groups = groupBy(cases, (each) => {
    const entropy = entropyOf(each);
    if (entropy === null) return "one option";
    const bin = Math.min(BINS - 1, Math.floor(entropy * BINS));
    return `${(bin / BINS).toFixed(1)} to ${((bin + 1) / BINS).toFixed(1)}`;
  });
  return parts(groups).sort((a, b) => a.name.localeCompare(b.name));
}

/** By what the groups are made of ("age_group"); a case of two variables counts with both. */
export const byVariable = (cases: readonly ScoredCase[]): Part[] =>
  parts(spread(cases, ({ groupedBy }) => Object.keys(groupedBy)));

/** By each group of each variable ("age_group: 30-49"). */
export const byGroup = (cases: readonly ScoredCase[]): Part[] =>
  parts(
    spread(cases, ({ groupedBy }) => Object.entries(groupedBy).map(([name, value]) => `${name}: ${value}`)),
  );

function spread(
  cases: readonly ScoredCase[],
  names: (of: ScoredCase) => readonly string[],
): Map<string, ScoredCase[]> {
  const pairs = cases.flatMap((each) => names(each).map((name) => ({ name, each })));
  const groups = [...groupBy(pairs, ({ name }) => name)].sort(([a], [b]) => a.localeCompare(b));
  return new Map(groups.map(([name, own]) => [name, own.map(({ each }) => each)]));
}
