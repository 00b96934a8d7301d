import { groupBy } from "../grouping.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { mean, sumOfSquares } from "./values.js";

/** One value of a measurement that was repeated. */
export interface RepeatedValue {
  readonly character: string;
  readonly item: string;
  readonly repeat: number;
  readonly value: number;
}

/** Where values differ, each as a standard deviation (dividing by n - 1) in the unit of the values. */
export interface Spread {
  /** Of the means of the repeats: how much the whole figure moves when everything is done again. */
  readonly ofRepeatMeans: OrUndefined<number>;
  /** Of the values of one item of one character about their mean, pooled over all that were repeated. */
  readonly withinItem: OrUndefined<number>;
  /** Of a character's item means about the character's mean, pooled over the characters. */
  readonly overItems: OrUndefined<number>;
  /** Of the characters' means. */
  readonly overCharacters: OrUndefined<number>;
}

/** Standard deviation pooled over groups: sqrt(sum of squares within / sum of (n - 1)). Groups of one say nothing. */
function pooled(groups: readonly (readonly number[])[]): OrUndefined<number> {
  const several = groups.filter(({ length }) => length > 1);
  if (several.length === 0) return undefinedBecause("too-few");
  const squares = several.reduce((total, values) => total + sumOfSquares(values), 0);
  return Math.sqrt(squares / several.reduce((total, { length }) => total + length - 1, 0));
}

const grouped = <T>(list: readonly T[], key: (member: T) => string): T[][] => [
  ...groupBy(list, key).values(),
];

const meanValue = (values: readonly RepeatedValue[]): number => mean(values.map(({ value }) => value));

/**
 * Keeps what differs between repeats apart from what differs between items and between characters. The pooled standard
 * deviation within groups is the square root of the mean square within of an analysis of variance (Snedecor & Cochran
 * 1989, ch. 12); that over items still holds the part of repeats that their mean leaves. Undefined: `too-few`.
 */
export function spreadOf(values: readonly RepeatedValue[]): Spread {
  const items = grouped(values, ({ character, item }) => `${character}\n${item}`);
  const characters = grouped(items, ([first]) => first?.character ?? "");
  return {
    ofRepeatMeans: pooled([grouped(values, ({ repeat }) => String(repeat)).map(meanValue)]),
    withinItem: pooled(items.map((item) => item.map(({ value }) => value))),
    overItems: pooled(characters.map((ofCharacter) => ofCharacter.map(meanValue))),
    overCharacters: pooled([characters.map((ofCharacter) => meanValue(ofCharacter.flat()))]),
  };
}
