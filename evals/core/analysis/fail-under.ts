import { SimulacraError } from "../../../data/errors.js";
import { becauseInWords, isUndefined } from "../statistics/undefined-because.js";
import type { Results } from "./results.js";

/** A threshold that a run has to meet, and where it does not. */
export interface Threshold {
  metric: string;
  atLeast: number;
  /** The conditions whose mean is below, or that have none: what is not known meets no threshold. */
  below: readonly { condition: string; value: number | null; text: string }[];
}

/**
 * Holds a run against `metric=value`: the metric is `instrument.measure`, for every condition of it, or
 * `instrument.measure@method` for one method's.
 * @throws SimulacraError `invalid_option` for what is not in this form or names nothing of this run
 */
export function failUnder(results: readonly Results[], threshold: string): Threshold {
  const match = /^(?<instrument>[^=@]+)\.(?<measure>[^=@.]+)(?:@(?<method>[^=]+))?=(?<value>[^=]+)$/u.exec(
    threshold.trim(),
  );
  const { instrument = "", measure = "", method, value = "" } = match?.groups ?? {};
  const atLeast = value.trim() === "" ? Number.NaN : Number(value);
  if (!Number.isFinite(atLeast))
    throw invalid(
      `“${threshold}” is not in the form metric=value, for example self-report.points=25 or self-report.points@macm=25.`,
      threshold,
    );
  const ofInstrument = results.find((each) => each.instrument.name === instrument);
  const found = ofInstrument?.measures.find(({ id }) => id === measure);
  const conditions = (ofInstrument?.conditions ?? []).filter(
    (each) => method === undefined || each.method === method,
  );
  if (!found || conditions.length === 0) throw unknown(results, threshold);
  const below = found.conditions.flatMap((measured): Threshold["below"][number][] => {
    const condition = conditions.find(({ id }) => id === measured.condition);
    if (!condition) return [];
    const { mean, n } = measured;
    if (isUndefined(mean))
      return [
        { condition: condition.label, value: null, text: `${condition.label}: ${becauseInWords(mean)}` },
      ];
    if (mean >= atLeast) return [];
    return [
      {
        condition: condition.label,
        value: mean,
        text: `${condition.label}: ${mean.toFixed(2)} (n = ${n}), below ${atLeast}`,
      },
    ];
  });
  return { metric: threshold.slice(0, threshold.indexOf("=")).trim(), atLeast, below };
}

const invalid = (message: string, threshold: string): SimulacraError =>
  new SimulacraError("invalid_option", message, "user", { threshold });

function unknown(results: readonly Results[], threshold: string): SimulacraError {
  const known = results.flatMap(({ instrument, measures }) =>
    measures.map(({ id }) => `${instrument.name}.${id}`),
  );
  const methods = [...new Set(results.flatMap(({ conditions }) => conditions.map(({ method }) => method)))];
  return invalid(
    `“${threshold}” names no number of this run. It has ${known.join(", ") || "none yet"}${methods.length > 0 ? `; with @ and one of its methods: ${methods.join(", ")}` : ""}.`,
    threshold,
  );
}
