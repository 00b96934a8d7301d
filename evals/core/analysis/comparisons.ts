import type { Measure, MeasuredUnit } from "../contract.js";
import { countBy, groupBy } from "../grouping.js";
import { unitsOf } from "../instrument-fault.js";
import { clusterBootstrap } from "../statistics/cluster-bootstrap.js";
import { pairedT, wilcoxonOfPairs } from "../statistics/mean-differences.js";
import { adjustedP } from "../statistics/multiple-comparisons.js";
import { mcnemar, pairedTable } from "../statistics/two-by-two.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "../statistics/undefined-because.js";
import { asWritten, mean } from "../statistics/values.js";
import type { ConditionSamples } from "./conditions.js";
import { bootstrapInterval, clustersOf, type Resampling } from "./measured.js";
import type { Comparison } from "./results.js";

/** One unit with its value in both conditions. */
interface Pair {
  character: string;
  item: string;
  repeat: number;
  first: number;
  second: number;
}

/** Beyond so many units the exact signed-rank test would take seconds. */
const mostForWilcoxon = 500;

/** Every two conditions that differ in the method alone, or the model alone, by one measure; p adjusted by Holm. */
export function comparisonsOf(
  measure: Measure,
  conditions: readonly ConditionSamples[],
  resampling: Resampling,
): Comparison[] {
  const sides = conditions
    .map(({ id, condition, samples }) => ({
      id,
      condition,
      units: unitsOf(measure, samples),
    }))
    .filter(({ units }) => units.length > 0);
  const compared = sides.flatMap((first, index) =>
    sides.slice(index + 1).flatMap((second) => {
      const [a, b] = [first.condition, second.condition];
      const sameMethod = a.method === b.method;
      const alone = a.arm === b.arm && a.framing === b.framing && sameMethod !== (a.model === b.model);
      if (!alone) return [];
      const seed = `${resampling.seed}/${measure.id}/${first.id}/${second.id}`;
      const numbers = comparePairs(first.units, second.units, { ...resampling, seed });
      const differsIn = sameMethod ? ("model" as const) : ("method" as const);
      return [{ measure: measure.id, differsIn, first: first.id, second: second.id, ...numbers }];
    }),
  );
  return withHolm(compared);
}

/** Adjusts p by Holm over all these comparisons. */
export function withHolm<T extends { p: Comparison["p"] }>(
  compared: readonly T[],
): (T & Pick<Comparison, "pHolm">)[] {
  const family = adjustedP(compared.map(({ p }) => (typeof p === "number" ? p : null)));
  const holm = isUndefined(family) ? [] : family.holm;
  return compared.map((each, index) => ({
    ...each,
    pHolm: isUndefined(each.p) ? each.p : (holm[index] ?? undefinedBecause("out-of-range")),
  }));
}

/** Two lists of units, paired by character, item and repeat: second minus first. */
export function comparePairs(
  first: readonly MeasuredUnit[],
  second: readonly MeasuredUnit[],
  resampling: Resampling,
): Omit<Comparison, "measure" | "differsIn" | "first" | "second" | "pHolm"> {
  const { pairs, leftOut } = paired(first, second);
  const clusters = clustersOf(pairs.map(({ first: a, second: b, ...unit }) => ({ ...unit, value: b - a })));
  const drawn = clusterBootstrap(clusters, resampling);
  const units = clusters.length === 1 ? ("items" as const) : ("characters" as const);
  const means = meansOf(pairs, units === "items" ? ({ item }) => item : ({ character }) => character);
  const [a, b] = [means.map(({ first }) => first), means.map(({ second }) => second)];
  const t = pairedT(b, a, resampling);
  const wilcoxon = means.length > mostForWilcoxon ? undefinedBecause("too-many") : wilcoxonOfPairs(b, a);
  const only = units === "items" && means.length === 1;
  const of = <T, R>(result: OrUndefined<T>, part: (result: T) => OrUndefined<R>): OrUndefined<R> =>
    isUndefined(result) ? result : part(result);
  const average = (side: "first" | "second") =>
    pairs.length === 0 ? undefinedBecause("empty") : mean(pairs.map((pair) => pair[side]));
  return {
    pairs: pairs.length,
    leftOut,
    meanFirst: average("first"),
    meanSecond: average("second"),
    difference: of(drawn, ({ estimate }) => estimate),
    interval: only ? undefinedBecause("too-few") : of(drawn, bootstrapInterval),
    units,
    n: means.length,
    meanOfUnits:
      means.length === 0 ? undefinedBecause("empty") : mean(b.map((value, at) => value - (a[at] ?? 0))),
    t: of(t, (result) => result.t),
    df: of(t, ({ df }) => df),
    p: of(t, ({ pTwoSided }) => pTwoSided),
    tInterval: of(t, ({ ci }) => ci),
    dz: of(t, ({ dz }) => dz),
    wilcoxonP: of(wilcoxon, ({ pTwoSided }) => pTwoSided),
    rankBiserial: of(wilcoxon, ({ rankBiserial }) => rankBiserial),
    mcnemar: mcnemarOf(pairs),
  };
}

const unitKey = ({ character, item, repeat }: MeasuredUnit): string =>
  JSON.stringify([character, item, repeat]);

/** Units with a value on both sides; of the others, why. */
export function paired(
  first: readonly MeasuredUnit[],
  second: readonly MeasuredUnit[],
): { pairs: Pair[]; leftOut: Record<string, number> } {
  const others = new Map(second.map((unit) => [unitKey(unit), unit]));
  const pairs: Pair[] = [];
  const reasons: string[] = [];
  for (const { value, ...unit } of first) {
    const key = unitKey({ value, ...unit });
    const other = others.get(key);
    others.delete(key);
    if (other === undefined) reasons.push("only in the first");
    else if (typeof value !== "number") reasons.push(value.leftOut);
    else if (typeof other.value !== "number") reasons.push(other.value.leftOut);
    else pairs.push({ ...unit, first: value, second: other.value });
  }
  for (let rest = others.size; rest > 0; rest--) reasons.push("only in the second");
  return { pairs, leftOut: countBy(reasons, String) };
}

/** Both sides' means of each subject, so that answers of one subject do not pass for independent ones. */
function meansOf(pairs: readonly Pair[], key: (pair: Pair) => string): { first: number; second: number }[] {
  return [...groupBy(pairs, key).values()].map((own) => ({
    first: asWritten(mean(own.map(({ first }) => first))),
    second: asWritten(mean(own.map(({ second }) => second))),
  }));
}

/** McNemar's test needs independent yes or no answers: one pair of each of several characters. */
function mcnemarOf(pairs: readonly Pair[]): Comparison["mcnemar"] {
  const single = pairs.length > 1 && new Set(pairs.map(({ character }) => character)).size === pairs.length;
  const binary = pairs.every(({ first, second }) =>
    [first, second].every((value) => value === 0 || value === 1),
  );
  if (!single || !binary) return null;
  const table = pairedTable(
    pairs.map(({ first }) => first === 1),
    pairs.map(({ second }) => second === 1),
  );
  if (isUndefined(table)) return null;
  const test = mcnemar(table);
  if (isUndefined(test)) return null;
  return { firstOnly: test.firstOnly, secondOnly: test.secondOnly, p: test.pExact };
}
