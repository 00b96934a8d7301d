import { whole } from "../../../data/words.js";
import type { Value } from "../analysis/results.js";
import { type SampleStatus, statusNames } from "../contract.js";
import { isUndefined, undefinedText } from "../statistics/undefined-because.js";

const minus = (text: string): string => text.replace("-", "−");

/** A number for readers: four decimals where two would be 0, two below 10, one below 1,000; with a real minus. */
export function figure(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 1_000 ? 0 : size >= 9.995 ? 1 : size > 0 && size < 0.005 ? 4 : 2;
  const text = value.toLocaleString("en", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return /[1-9]/u.test(text) ? minus(text) : text.replace("-", "");
}

/** With a plus, so that the sign of a difference is never missed. */
export const signedFigure = (value: number): string => {
  const text = figure(value);
  return value > 0 && /[1-9]/u.test(text) ? `+${text}` : text;
};

/** A number that may not be there; then the reason, in words. */
export const figureOrWhy = (value: Value, write: (value: number) => string = figure): string =>
  isUndefined(value) ? undefinedText(value) : write(value);

/** A probability, never as 0. */
export const probability = (p: number): string => (p < 0.001 ? "< 0.001" : p.toFixed(p < 0.1 ? 3 : 2));

export const intervalText = (
  interval: readonly [number, number] | { undefined: string },
  write: (value: number) => string = figure,
): string | null => ("undefined" in interval ? null : `${write(interval[0])} to ${write(interval[1])}`);

/** "2 refused, 1 unparsable": how many values are left out, by status or other reason. */
export const leftOutText = (leftOut: Readonly<Record<string, number>>): string =>
  Object.entries(leftOut)
    .map(
      ([reason, n]) =>
        `${whole(n)} ${Object.hasOwn(statusNames, reason) ? statusNames[reason as SampleStatus] : reason}`,
    )
    .join(", ");
