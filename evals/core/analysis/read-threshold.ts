import { SimulacraError } from "../../../data/errors.js";

/** What `instrument.measure@method=value` asks for. */
export interface AskedThreshold {
  /** All before the value. */
  metric: string;
  instrument: string;
  measure: string;
  /** Undefined: every condition. */
  method: string | undefined;
  atLeast: number;
}

/** Reads a threshold. @throws SimulacraError `invalid_option` for what is not in its form */
export function readThreshold(threshold: string): AskedThreshold {
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

export const invalidThreshold = (message: string, threshold: string): SimulacraError =>
  new SimulacraError("invalid_option", message, "user", { threshold });
