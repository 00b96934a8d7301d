import type { SimulacraError } from "../../../data/errors.js";
import type { Instrument } from "../contract.js";
import { groupBy } from "../grouping.js";
import { invalidOption } from "../invalid.js";
import { isUndefined, undefinedText } from "../statistics/undefined-because.js";
import type { ConditionResult, MeasuredResult, Results } from "./results.js";

/** A threshold that a run has to meet, and where it does not. */
export interface Threshold {
  metric: string;
  atLeast: number;
  /** The conditions whose mean is below, or that have none: what is not known meets no threshold. */
  below: readonly { condition: string; value: number | null; text: string }[];
}

/** The numbers of one instrument that a threshold may name. */
export interface KnownNumbers {
  instrument: Pick<Instrument, "name"> & { measures: readonly { id: string }[] };
  /** Null: any, where the methods are not all known yet. */
  methods: readonly string[] | null;
}

/**
 * Checks that a threshold is in its form and names a number.
 * @throws SimulacraError `invalid_option`
 */
export function checkThreshold(threshold: string, known: readonly KnownNumbers[]): void {
  const { instrument, measure, method } = readThreshold(threshold);
  const own = known.find((each) => each.instrument.name === instrument);
  const isKnown =
    own?.instrument.measures.some(({ id }) => id === measure) &&
    (method === undefined || own.methods === null || own.methods.includes(method));
  if (isKnown) return;
  const numbers = known.flatMap(({ instrument: { name, measures } }) =>
    measures.map(({ id }) => `${name}.${id}`),
  );
  const methods = [...new Set(known.flatMap((each) => each.methods ?? []))];
  throw invalidThreshold(
    `“${threshold}” names no number of this run. It has ${numbers.join(", ") || "none yet"}${methods.length > 0 ? `; with @ and one of its methods: ${methods.join(", ")}` : ""}.`,
    threshold,
  );
}

/**
 * Holds a run against `metric=value`: the metric is `instrument.measure`, for every condition of it, or
 * `instrument.measure@method` for one method's. What is known and was not measured is below.
 * @param known what a threshold may name: by default what the results hold
 * @throws SimulacraError `invalid_option` for what is not in this form or names nothing known
 */
export function failUnder(
  results: readonly Results[],
  threshold: string,
  known: readonly KnownNumbers[] = results.map(numbersIn),
): Threshold {
  checkThreshold(threshold, known);
  const { metric, instrument, measure, method, atLeast } = readThreshold(threshold);
  const of = results.find((each) => each.instrument.name === instrument);
  const conditions = (of?.conditions ?? []).filter((each) => method === undefined || each.method === method);
  const measured = of?.measures.find(({ id }) => id === measure)?.conditions ?? [];
  // One arm of an experiment may have no units of a measure; a subject that has them in no arm was not measured.
  const subjects = groupBy(conditions, (each) => JSON.stringify([each.method, each.model, each.framing]));
  const below = [...subjects.values()].flatMap((arms) => {
    const found = arms.flatMap((condition) => {
      const own = measured.find((each) => each.condition === condition.id);
      return own ? [{ condition, own }] : [];
    });
    if (found.length === 0) return [notMeasured(arms.map(({ label }) => label).join("; "))];
    return found.flatMap(({ condition, own }) => belowOf(condition, own, atLeast));
  });
  return { metric, atLeast, below: conditions.length === 0 ? [notMeasured(method ?? metric)] : below };
}

const numbersIn = ({ instrument: { name }, measures, conditions }: Results): KnownNumbers => ({
  instrument: { name, measures },
  methods: [...new Set(conditions.map(({ method }) => method))],
});

const notMeasured = (condition: string): Threshold["below"][number] => ({
  condition,
  value: null,
  text: `${condition}: not measured`,
});

function belowOf(
  { label }: ConditionResult,
  { mean, n }: MeasuredResult,
  atLeast: number,
): Threshold["below"] {
  if (isUndefined(mean)) return [{ condition: label, value: null, text: `${label}: ${undefinedText(mean)}` }];
  if (mean >= atLeast) return [];
  return [
    { condition: label, value: mean, text: `${label}: ${mean.toFixed(2)} (n = ${n}), below ${atLeast}` },
  ];
}

/** What `instrument.measure@method=value` asks for. */
interface AskedThreshold {
  /** All before the value. */
  metric: string;
  instrument: string;
  measure: string;
  /** Undefined: every condition. */
  method: string | undefined;
  atLeast: number;
}

/** Reads a threshold. @throws SimulacraError `invalid_option` for what is not in its form */
function readThreshold(threshold: string): AskedThreshold {
  const match = /^(?<instrument>[^=@]+)\.(?<measure>[^=@.]+)(?:@(?<method>.+))?=(?<value>[^=]+)$/u.exec(
    threshold.trim(),
  );
  const { instrument = "", measure = "", method, value = "" } = match?.groups ?? {};
  const atLeast = value.trim() === "" ? Number.NaN : Number(value);
  if (!Number.isFinite(atLeast))
    throw invalidThreshold(
      `“${threshold}” is not in the form metric=value, for example self-report.points=25 or self-report.points@macm=25.`,
      threshold,
    );
  return {
    metric: threshold.slice(0, threshold.lastIndexOf("=")).trim(),
    instrument,
    measure,
    method,
    atLeast,
  };
}

const invalidThreshold = (message: string, threshold: string): SimulacraError =>
  invalidOption(message, { threshold });
