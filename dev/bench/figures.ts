import { quantile } from "../../evals/core/statistics/resampled.js";

/** The figure below which this share of the figures lies, 0 to 1; NaN for none. */
export const quantileOf = (values: readonly number[], share: number): number =>
  quantile(Float64Array.from(values).sort(), share);

/** The middle of some figures; NaN for none. */
export const median = (values: readonly number[]): number => quantileOf(values, 0.5);

/** Figures side by side: what was measured, the limit it must keep, and a baseline of the same run. */
export interface Row {
  what: string;
  measured: number;
  unit: string;
  limit?: number;
  atLeast?: boolean;
  baseline?: { name: string; value: number };
}

/** Whether a row keeps its limit; a row without one always does. */
export const kept = ({ measured, limit, atLeast }: Row): boolean =>
  limit === undefined || (atLeast ? measured >= limit : measured <= limit);

/** Rows as lines for people. */
export function table(title: string, rows: readonly Row[]): string {
  const number = (value: number) =>
    Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 3 : 1);
  const lines = rows.map((row) => {
    const limit =
      row.limit === undefined
        ? ""
        : `  limit ${row.atLeast ? ">=" : "<="} ${number(row.limit)}${kept(row) ? "" : "  NOT MET"}`;
    const beside = row.baseline
      ? `  | ${row.baseline.name} ${number(row.baseline.value)} (ratio ${number(row.measured / row.baseline.value)})`
      : "";
    return `  ${row.what.padEnd(52)} ${number(row.measured).padStart(9)} ${row.unit.padEnd(7)}${limit}${beside}`;
  });
  return [title, ...lines].join("\n");
}
