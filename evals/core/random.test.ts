import { describe, expect, it } from "vitest";
import { seededRandom } from "./random.js";

describe("seededRandom", () => {
  // A change here changes every seeded result that was ever published: it needs a new major version.
  it("gives the numbers it has always given for a seed", () => {
    const random = seededRandom("a seed");
    const drawn = [...Array(8)].map(() => random.below(1000));
    expect(drawn).toEqual([419, 150, 637, 949, 322, 609, 474, 841]);
    expect(random.fraction()).toBe(0.06067323914041467);
    expect(seededRandom(7).shuffled(["A", "B", "C", "D", "E"])).toEqual(["D", "C", "E", "A", "B"]);
  });

  it("takes a number and its digits for the same seed, and other seeds for other numbers", () => {
    expect(seededRandom(7).fraction()).toBe(seededRandom("7").fraction());
    expect(seededRandom(7).fraction()).not.toBe(seededRandom(8).fraction());
  });

  it("draws each number below the bound equally often", () => {
    const random = seededRandom(1);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < 60_000; draw++) counts[random.below(6)]! += 1;
    // Six standard deviations of a binomial(60000, 1/6).
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(550);
  });

  it("puts a list into every order equally often and leaves the list alone", () => {
    const random = seededRandom(2);
    const list = ["A", "B", "C"];
    const orders = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const order = random.shuffled(list).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(list).toEqual(["A", "B", "C"]);
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(180);
  });
});
