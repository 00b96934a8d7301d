import { comparePairs, withHolm } from "../analysis/comparisons.js";
import { byCondition, type ConditionSamples } from "../analysis/conditions.js";
import type { Comparison } from "../analysis/results.js";
import { contentHash } from "../content-hash.js";
import type { Condition, Sample } from "../contract.js";
import { unitsOf } from "../instrument-fault.js";
import type { InstrumentRun } from "./load-run.js";

/** A condition of run A beside the one of run B that it is compared with. */
interface PairedCondition {
  label: string;
  first: ConditionSamples;
  second: ConditionSamples;
}

/** One sample of A and the same one of B. */
export interface PairedSample {
  condition: string;
  first: Sample;
  second: Sample;
  changed: boolean;
}

/** One measure of A and B on their pairs; the instrument says in what the two differ. */
export type PairedComparison = Omit<Comparison, "differsIn"> & {
  title: string;
  unit: string;
  /** What its n counts, where it is no items: "subject", "data set". */
  cluster: string;
};

/** One instrument that both runs have. */
export interface PairedInstrument {
  first: InstrumentRun;
  second: InstrumentRun;
  /** In what the paired conditions may differ: nothing that is written down, the model, the method or the framing. */
  differsIn: "nothing" | "model" | "method" | "framing";
  conditions: readonly PairedCondition[];
  comparisons: readonly PairedComparison[];
  samples: readonly PairedSample[];
  /** Samples that one of the runs lacks. */
  unpaired: number;
}

const parts = ["method", "model", "framing", "arm"] as const;

/** Pairs the conditions of two runs: the same ones; where there are none, those that differ in one thing alone. */
function pairConditions(
  first: readonly ConditionSamples[],
  second: readonly ConditionSamples[],
): Pick<PairedInstrument, "differsIn" | "conditions"> {
  const varies = (part: (typeof parts)[number]) =>
    new Set(first.map(({ condition }) => condition[part])).size > 1;
  const telling = new Set<string>(["method", ...parts.filter(varies)]);
  for (const differsIn of ["nothing", "model", "method", "framing"] as const) {
    const keyOf = ({ condition }: ConditionSamples): string =>
      JSON.stringify(parts.map((part) => (part === differsIn ? "" : condition[part])));
    const [a, b] = [first.map(keyOf), second.map(keyOf)];
    const single = (keys: readonly string[]) => new Set(keys).size === keys.length;
    if (differsIn !== "nothing" && !(single(a) && single(b))) continue;
    const conditions = first.flatMap((one, index): PairedCondition[] => {
      const other = second[b.indexOf(a[index] ?? "")];
      return other
        ? [{ label: labelOf(one.condition, other.condition, telling), first: one, second: other }]
        : [];
    });
    if (conditions.length > 0) return { differsIn, conditions };
  }
  return { differsIn: "nothing", conditions: [] };
}

/** "macm, group"; a part in which the two differ is named for both. */
function labelOf(a: Condition, b: Condition, telling: ReadonlySet<string>): string {
  return parts
    .filter((part) => telling.has(part) || a[part] !== b[part])
    .flatMap((part) => (a[part] === "" ? [] : a[part] === b[part] ? [a[part]] : [`${a[part]} → ${b[part]}`]))
    .join(", ");
}

/** Compares one instrument of two runs on the samples that both have: B minus A. */
export function pairInstrument(
  first: InstrumentRun,
  second: InstrumentRun,
  resamples: number,
): PairedInstrument {
  const { differsIn, conditions } = pairConditions(byCondition(first.samples), byCondition(second.samples));
  const resampling = { resamples, confidence: 0.95 };
  const comparisons = first.instrument.measures.flatMap((measure) => {
    const compared = conditions.flatMap(({ label, first: a, second: b }) => {
      const [left, right] = [unitsOf(measure, a.samples), unitsOf(measure, b.samples)];
      if (left.length === 0 || right.length === 0) return [];
      const numbers = comparePairs(left, right, { ...resampling, seed: `compare/${measure.id}/${label}` });
      const { id, title, unit, cluster = "subject" } = measure;
      return [{ measure: id, title, unit, cluster, first: "A", second: label, ...numbers }];
    });
    return withHolm(compared);
  });
  const samples = conditions.flatMap(pairSamples);
  const unpaired = first.samples.length + second.samples.length - 2 * samples.length;
  return { first, second, differsIn, conditions, comparisons, samples, unpaired };
}

function pairSamples({ label, first, second }: PairedCondition): PairedSample[] {
  const keyOf = ({ character, item, repeat, position }: Sample): string =>
    JSON.stringify([character, item, repeat, position]);
  const others = new Map(second.samples.map((sample) => [keyOf(sample), sample]));
  return first.samples.flatMap((sample) => {
    const other = others.get(keyOf(sample));
    return other
      ? [{ condition: label, first: sample, second: other, changed: answerOf(sample) !== answerOf(other) }]
      : [];
  });
}

/** What counts as another answer: another status or, among answered ones, another thing read or another score. */
const answerOf = ({ status, answer, scores }: Sample): string => contentHash([status, answer, scores]);
