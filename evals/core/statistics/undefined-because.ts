/**
 * Why a statistic has no value, each with the words for people: what follows "not computed, because".
 * Undefined is never 0, NaN or an empty string.
 */
export const undefinedReasons = {
  empty: "there is nothing to compute it from",
  "too-few": "there are too few values",
  "no-variance": "the values do not vary",
  "length-mismatch": "the two sides do not have the same number of values",
  "out-of-range": "a given value is outside of what is possible",
  "different-items": "the two rankings do not hold the same items, each once",
  ties: "it is defined for values without ties only",
  "too-many": "it would take too long for so many values",
  "one-item": "there is only one item",
  "one-class": "all labels are the same",
  "one-rater": "there is only one rater",
  "unequal-raters": "the subjects do not all have the same number of ratings",
  "no-error-variance": "the ratings leave no error to compare with",
  "no-between-variance": "the targets do not differ in their means",
  "non-positive-denominator": "its denominator is zero or below",
  "limit-out-of-range": "a limit of the interval is outside of what can be converted",
  "no-pairable-values": "no unit was rated twice",
  "unknown-category": "a rating is none of the stated categories",
  "no-answered-critical-trial": "no critical trial was answered",
  "division-by-zero": "it would divide by zero",
  "no-discordant-pairs": "no pair differs",
  "no-nonzero-difference": "every difference is zero",
  "degenerate-bootstrap": "every resample gives the same value",
  "one-sided-bootstrap": "every resample lies on the same side of the estimate",
  "no-jackknife-variance": "leaving out one value never changes the estimate",
  "undefined-jackknife": "the estimate is not defined once a certain value is left out",
  "no-mass": "the answer gives no weight to any option",
  "negative-weight": "an option has a negative weight",
  "unknown-option": "the answer names an option that was not offered",
  "one-option": "only one option was offered",
  "no-answer": "there is no answer",
  "no-human-mass": "the human answer gives no weight to any option",
  "norm-zero": "every human answer of its data set is uniform",
  "no-scored-case": "no case could be scored",
  "no-relevant": "nothing relevant exists",
  "no-scored-query": "no query has anything relevant",
  "negative-reliability": "the reliability is negative",
  "no-effect": "there is no effect to find",
} as const;

export type UndefinedReason = keyof typeof undefinedReasons;

/** A statistic without a value, because of `undefined`. */
export interface Undefined {
  readonly undefined: UndefinedReason;
}

/** A statistic, or why there is none. Narrow it with `isUndefined`. */
export type OrUndefined<T> = T | Undefined;

/** No value, for this reason. */
export const undefinedBecause = (reason: UndefinedReason): Undefined => ({ undefined: reason });

/** Whether a result is "undefined, because" rather than a value. */
export function isUndefined(value: unknown): value is Undefined {
  return typeof value === "object" && value !== null && "undefined" in value;
}

/** The result for people: "not computed, because the values do not vary". */
export const undefinedText = ({ undefined: reason }: Undefined): string =>
  `not computed, because ${undefinedReasons[reason]}`;
