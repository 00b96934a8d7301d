import { describe, expect, it } from "vitest";
import { ageAt, timeOfProfile } from "./age.js";
import { profileSchema } from "./character.js";

const profile = (given: object) => profileSchema.parse(given);
const on = (day: string) => new Date(`${day}T12:00:00Z`);

describe("the age of somebody", () => {
  it.each([
    ["2026-05-13", 41],
    ["2026-05-14", 42],
    ["2027-01-01", 42],
  ])("is counted from the date of birth (%s: %i)", (day, age) =>
    expect(ageAt(profile({ dateOfBirth: "1984-05-14", age: 30 }), on(day))).toBe(age),
  );

  it("is what the profile says where no date of birth is known, or the clock stands before it", () => {
    expect(ageAt(profile({ age: 30 }), on("2026-05-13"))).toBe(30);
    expect(ageAt(profile({ age: 30, dateOfBirth: "2030-01-01" }), on("2026-05-13"))).toBe(30);
    expect(ageAt(profile({}), on("2026-05-13"))).toBeUndefined();
  });
});

describe("the time at which a profile holds", () => {
  it("is a time at which date of birth and age agree", () => {
    const someone = profile({ age: 30, dateOfBirth: "1990-02-28" });
    expect(ageAt(someone, timeOfProfile(someone) ?? on("1900-01-01"))).toBe(30);
  });

  it("is the day that it states", () =>
    expect(timeOfProfile(profile({ age: 30, asOf: "2024-03-01" }))).toEqual(new Date("2024-03-01")));

  it("is unknown where one of them is missing", () =>
    expect(timeOfProfile(profile({ age: 30 }))).toBeUndefined());
});
