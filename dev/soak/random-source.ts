import { seededRandom } from "../../evals/core/random.js";

/** Every choice of a soak: the same seed makes the same choices (the moments at which processes run are the machine's own). */
export class RandomSource {
  private readonly random;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** A number in [0, 1). */
  fraction(): number {
    return this.random.fraction();
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + this.random.below(high - low + 1);
  }

  chance(share: number): boolean {
    return this.fraction() < share;
  }

  /** One of several. @throws RangeError where there is none */
  one<T>(choices: readonly T[]): T {
    const chosen = choices[this.whole(0, choices.length - 1)];
    if (chosen === undefined) throw new RangeError("nothing to choose from");
    return chosen;
  }

  /** A key of a table, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    return this.one(entries)[0];
  }

  /** A waiting time with this mean: the moments of a Poisson process. */
  waiting(meanMs: number, longestMs: number): number {
    return Math.min(longestMs, -Math.log(1 - this.fraction()) * meanMs);
  }
}
