/** A range in which a number is wanted; an end that is not there is open. */
export interface Range {
  minimum?: number;
  maximum?: number;
}

/** Words for how much, as shares of a range that begins at nothing. */
const amounts: Readonly<Record<string, number>> = {
  zero: 0,
  none: 0,
  nothing: 0,
  "very low": 0.1,
  slight: 0.2,
  low: 0.25,
  mild: 0.3,
  half: 0.5,
  medium: 0.5,
  moderate: 0.5,
  average: 0.5,
  high: 0.75,
  strong: 0.75,
  "very high": 0.9,
  "very strong": 0.9,
  extreme: 1,
  one: 1,
  full: 1,
};

/** Words for which way, in a range with nothing in its middle. */
const directions: Readonly<Record<string, number>> = {
  neutral: 0,
  neither: 0,
  positive: 0.5,
  pleasant: 0.5,
  negative: -0.5,
  unpleasant: -0.5,
  "very positive": 0.9,
  "very pleasant": 0.9,
  "very negative": -0.9,
  "very unpleasant": -0.9,
};

/** 0.4, "+0.4", "0,4", "−.5", "40 %", "8/10", "4 out of 5", "0.4 (calm)"; undefined for anything else. */
const figures = /^([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+))(?:\s*(%)|\s*(?:\/|out of)\s*(\d+))?(?=$|[\s(;,:-])/u;

function fromText(said: string, range: Range): number | undefined {
  const text = said
    .normalize("NFKC")
    .replaceAll("−", "-")
    .trim()
    .replace(/^[~≈"'(]+|[.)"']+$/gu, "")
    .toLowerCase();
  const [, digits, percent, whole] = figures.exec(text) ?? [];
  if (digits !== undefined) {
    const number = Number(digits.replace(",", "."));
    if (whole !== undefined) return Number(whole) > 0 ? number / Number(whole) : undefined;
    return percent === undefined || range.maximum !== 1 ? number : number / 100;
  }
  const { minimum, maximum } = range;
  if (minimum === undefined || maximum === undefined) return undefined;
  const way = directions[text];
  if (way !== undefined) return minimum < 0 ? way * maximum : way === 0 ? minimum : undefined;
  const amount = amounts[text];
  return amount === undefined ? undefined : Math.max(minimum, 0) + amount * (maximum - Math.max(minimum, 0));
}

/** A scale that ends at 1 is often taken for one of 10 or 100: 8 is meant as 0.8, 80 too; what is beyond is the end. */
function onScale(number: number, { minimum, maximum }: Range): number {
  const size = Math.abs(number);
  if (maximum !== 1 || (minimum !== 0 && minimum !== -1) || size < 2 || size > 100) return number;
  return number / (size <= 10 ? 10 : 100);
}

/**
 * The number that a model means: figures in quotes, with a sign, a percent sign or a whole, a word for how much, a
 * figure of a larger scale. It is put into its range; undefined where no number is meant.
 */
export function readNumber(value: unknown, range: Range = {}): number | undefined {
  const number = typeof value === "string" ? fromText(value, range) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return undefined;
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = range;
  return Math.min(maximum, Math.max(minimum, onScale(number, range)));
}
