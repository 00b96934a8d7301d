import { expect, it } from "vitest";
import { seededRandom } from "../random.js";
import { expectedTotalVariation, totalVariation } from "./distributions.js";

it("is half for one toss of a coin, a quarter for two, and 0 for a sure answer", () => {
  expect(expectedTotalVariation([0.5, 0.5], 1)).toBeCloseTo(0.5, 12);
  expect(expectedTotalVariation([0.5, 0.5], 2)).toBeCloseTo(0.25, 12);
  expect(expectedTotalVariation([0, 1, 0], 7)).toBe(0);
});

it("is what drawing people again and again gives", () => {
  const shares = [0.52, 0.31, 0.12, 0.05];
  const random = seededRandom("multinomial");
  for (const n of [3, 20, 150]) {
    let total = 0;
    const draws = 4000;
    for (let draw = 0; draw < draws; draw++) {
      const counts = shares.map(() => 0);
      for (let person = 0; person < n; person++) {
        let left = random.fraction();
        const place = shares.findIndex((share) => {
          left -= share;
          return left < 0;
        });
        counts[place] = (counts[place] ?? 0) + 1;
      }
      const drawn = counts.map((count) => count / n);
      total += totalVariation(shares, drawn);
    }
    expect(total / draws / expectedTotalVariation(shares, n)).toBeCloseTo(1, 1);
  }
});

it("shrinks with the square root of people, also for many", () => {
  const of = (n: number) => expectedTotalVariation([0.3, 0.7], n);
  expect(of(100) / of(10_000)).toBeCloseTo(10, 1);
  expect(of(1_000_000)).toBeGreaterThan(0);
});
