import { describe, expect, it } from "vitest";
import { compareWithReference } from "./reference-comparison.js";

const fails = (expected: unknown, got: unknown, tolerance = 1e-6): boolean =>
  compareWithReference(expected, got, tolerance).disagreements.length > 0;

describe("compareWithReference", () => {
  it("allows the tolerance, relative above 1, and no more", () => {
    expect(fails(0.5, 0.5 + 9e-7)).toBe(false);
    expect(fails(0.5, 0.5 + 2e-6)).toBe(true);
    expect(fails(1000, 1000.0009)).toBe(false);
    expect(fails(1000, 1000.002)).toBe(true);
  });

  it("refuses NaN, a wrong type, a missing field and another length", () => {
    expect(fails(0.5, Number.NaN)).toBe(true);
    expect(fails(0.5, "0.5")).toBe(true);
    expect(fails({ r: 1 }, {})).toBe(true);
    expect(fails([1, 2], [1])).toBe(true);
    expect(fails([1], { 0: 1 })).toBe(true);
  });

  it("wants counts, booleans and null exactly", () => {
    expect(fails({ n: 12 }, { n: 12.0000001 })).toBe(true);
    expect(fails({ n: 12 }, { n: 12 })).toBe(false);
    expect(fails([true, null], [true, null])).toBe(false);
    expect(fails([true], [false])).toBe(true);
    expect(fails([null], [0])).toBe(true);
  });

  it("tells undefined from a value, in both directions, and infinite from large", () => {
    expect(fails({ undefined: "empty" }, { undefined: "too-few" })).toBe(false);
    expect(fails({ undefined: "empty" }, 0)).toBe(true);
    expect(fails({ t: { undefined: "no-variance" } }, { t: Number.NaN })).toBe(true);
    expect(fails({ t: 0 }, { t: { undefined: "no-variance" } })).toBe(true);
    expect(fails({ t: 0 }, { undefined: "no-variance" })).toBe(true);
    expect(fails("Infinity", Number.POSITIVE_INFINITY)).toBe(false);
    expect(fails("Infinity", 1e300)).toBe(true);
  });

  it("looks at `also` only where it is offered", () => {
    expect(fails({ p: 1, also: { z: 2 } }, { p: 1 })).toBe(false);
    expect(fails({ p: 1, also: { z: 2 } }, { p: 1, z: 3 })).toBe(true);
  });

  it("names the place and counts what it compared", () => {
    const { compared, disagreements } = compareWithReference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, 0);
    expect(compared).toBe(2);
    expect(disagreements).toEqual(["result.a[1].b: expected 2, got 3"]);
  });
});
