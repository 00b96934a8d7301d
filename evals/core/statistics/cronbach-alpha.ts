import { type Interval, tailOf } from "./interval.js";
import { completeRows, type Missing } from "./missing-values.js";
import { asWritten, sum, variance, varies } from "./moments.js";
import { fQuantile } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** How consistently the items of a scale are answered. At most 1; may be negative. */
export interface Cronbach {
  readonly alpha: number;
  readonly items: number;
  /** Respondents who answered every item. */
  readonly respondents: number;
  readonly ci95Feldt: Interval;
}

/** Which items are keyed the other way, and the ends of the scale: they are recoded as min + max - x. */
export interface ReverseKeys {
  readonly reverse: readonly boolean[];
  readonly min: number;
  readonly max: number;
}

/**
 * Cronbach's alpha = k/(k-1) (1 - sum of item variances / variance of the total); `responses` is respondents x items.
 * A respondent with a missing answer is left out; a constant item stays in. Feldt's 95 % interval:
 * 1 - (1 - alpha) F with (n-1) and (n-1)(k-1) degrees of freedom. Cronbach 1951; Feldt 1965.
 * Undefined: `empty`, `one-item`, `too-few` (one respondent), `no-variance`, `length-mismatch`.
 */
export function cronbachAlpha(
  responses: readonly (readonly Missing<number>[])[],
  keys?: ReverseKeys,
): OrUndefined<Cronbach> {
  const complete = completeRows(responses);
  if (isUndefined(complete)) return complete;
  const rows = complete.map((row) =>
    row.map((answer, item) => (keys?.reverse[item] ? asWritten(keys.min + keys.max - answer) : answer)),
  );
  const items = rows[0]?.length ?? 0;
  const respondents = rows.length;
  if (items < 2) return undefinedBecause("one-item");
  if (respondents < 2) return undefinedBecause("too-few");
  const totals = rows.map((row) => asWritten(sum(row)));
  if (!varies(totals)) return undefinedBecause("no-variance");
  const ofItems = rows[0]?.map((_, item) => variance(rows.map((row) => row[item] ?? 0))) ?? [];
  const alpha = (items / (items - 1)) * (1 - sum(ofItems) / variance(totals));
  const tail = tailOf({});
  const limit = (p: number) =>
    1 - (1 - alpha) * fQuantile(p, respondents - 1, (respondents - 1) * (items - 1));
  return { alpha, items, respondents, ci95Feldt: [limit(1 - tail), limit(tail)] };
}
