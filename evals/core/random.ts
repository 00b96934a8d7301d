import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A source of chance that gives the same numbers for the same seed, on every machine. */
export interface SeededRandom {
  /** A number in [0, 1), with 53 random bits. */
  fraction(): number;
  /** A whole number from 0 to `bound` - 1, all equally likely; `bound` from 1 to 2^32. */
  below(bound: number): number;
  /** The same elements in a random order; the list given stays as it is. */
  shuffled<T>(list: readonly T[]): T[];
}

/**
 * The random source of a seed; `7` and `"7"` are the same seed. Give each use a seed of its own, such as
 * `${seed}/options/${item}`, so that one more draw in one place changes nothing in another.
 * Xoroshiro128+ (Blackman & Vigna 2018) from pure-rand, its state taken from the seed's SHA-256.
 */
export function seededRandom(seed: string | number): SeededRandom {
  const digest = createHash("sha256").update(String(seed)).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => digest.readInt32LE(at)));
  const below = (bound: number): number => uniformInt(generator, 0, bound - 1);
  return {
    fraction: () => uniformFloat64(generator),
    below,
    shuffled: (list) => {
      // Fisher & Yates: every order is equally likely.
      const rest = [...list];
      return list.flatMap(() => rest.splice(below(rest.length), 1));
    },
  };
}
