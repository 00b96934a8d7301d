import { describe, expect, it } from "vitest";
import { ageInWords, momentInWords, sinceInWords } from "./when.js";

/** A Monday. */
const now = new Date("2026-11-30T17:34:00Z");
const age = (at: string, zone = "UTC", from = now) => ageInWords(new Date(at), from, zone);
const since = (at: string, zone = "UTC", from = now) => sinceInWords(new Date(at), from, zone);

describe("ageInWords", () => {
  it.each([
    ["2026-11-30T17:33:40Z", "just now"],
    ["2026-11-30T17:33:00Z", "a minute ago"],
    ["2026-11-30T17:13:00Z", "twenty-one minutes ago"],
    ["2026-11-30T17:00:00Z", "thirty-four minutes ago"],
    ["2026-11-30T14:10:00Z", "this afternoon"],
    ["2026-11-30T08:10:00Z", "this morning"],
    ["2026-11-30T03:10:00Z", "early this morning, before dawn"],
    ["2026-11-29T23:10:00Z", "late yesterday evening"],
    ["2026-11-29T19:00:00Z", "yesterday evening"],
    ["2026-11-29T02:00:00Z", "yesterday, before dawn"],
    ["2026-11-28T19:00:00Z", "two days ago, on Saturday"],
    ["2026-11-26T23:59:00Z", "four days ago, on Thursday"],
    ["2026-11-23T19:00:00Z", "a week ago, on Monday, 23 November"],
    ["2026-11-20T19:00:00Z", "ten days ago, on Friday, 20 November"],
    ["2026-11-09T19:00:00Z", "three weeks ago, on Monday, 9 November"],
    ["2026-11-07T19:00:00Z", "about three weeks ago, on Saturday, 7 November"],
    ["2026-03-12T19:00:00Z", "in March 2026 (eight months ago)"],
    ["2025-11-30T19:00:00Z", "in November 2025 (a year ago)"],
    ["2025-08-30T19:00:00Z", "in August 2025 (over a year ago)"],
    ["2024-03-12T19:00:00Z", "in March 2024 (two and a half years ago)"],
    ["1992-07-12T19:00:00Z", "in July 1992 (thirty-four years ago)"],
    ["2026-12-01T09:00:00Z", "on Tuesday, 1 December 2026, still to come"],
  ])("%s: %s", (at, words) => expect(age(at)).toBe(words));

  it("begins the day where the person lives", () => {
    const afternoon = new Date("2026-11-30T15:00:00Z");
    expect(age("2026-11-29T20:00:00Z", "Asia/Tokyo", afternoon)).toBe("yesterday morning");
    expect(age("2026-11-29T20:00:00Z", "America/Los_Angeles", afternoon)).toBe("yesterday afternoon");
  });

  it("names the year of a date in another year", () => {
    expect(age("2026-12-20T10:00:00Z", "UTC", new Date("2027-01-10T10:00:00Z"))).toBe(
      "three weeks ago, on Sunday, 20 December 2026",
    );
  });

  it("counts hours within one part of the day", () => {
    expect(age("2026-11-30T06:30:00Z", "UTC", new Date("2026-11-30T09:40:00Z"))).toBe("three hours ago");
  });

  it("counts midnights, not hours, over a change of clocks", () => {
    // In Vienna 29 March 2026 had 23 hours.
    expect(age("2026-03-28T22:30:00Z", "Europe/Vienna", new Date("2026-03-29T21:00:00Z"))).toBe(
      "late yesterday evening",
    );
  });
});

describe("momentInWords", () => {
  it.each([
    ["2026-11-30T17:34:00Z", "Monday, 30 November 2026, in the evening (half past five)"],
    ["2026-02-28T00:02:00Z", "Saturday, 28 February 2026, at night (midnight)"],
    ["2026-02-28T12:00:00Z", "Saturday, 28 February 2026, in the afternoon (noon)"],
    ["2026-02-28T09:50:00Z", "Saturday, 28 February 2026, in the morning (ten to ten)"],
    ["2026-02-28T12:47:00Z", "Saturday, 28 February 2026, in the afternoon (quarter to one)"],
    ["2026-02-28T23:59:00Z", "Saturday, 28 February 2026, at night (five to twelve)"],
  ])("%s: %s", (at, words) => expect(momentInWords(new Date(at), "UTC")).toBe(words));

  it("is of the time zone", () => {
    expect(momentInWords(new Date("2026-11-30T22:15:00Z"), "Asia/Kolkata")).toBe(
      "Tuesday, 1 December 2026, at night (quarter to four)",
    );
  });
});

describe("sinceInWords", () => {
  it.each([
    ["2026-11-30T17:33:40Z", "a few moments"],
    ["2026-11-30T17:14:00Z", "twenty minutes"],
    ["2026-11-30T16:20:00Z", "an hour"],
    ["2026-11-30T05:00:00Z", "thirteen hours"],
    ["2026-11-29T10:00:00Z", "a day"],
    ["2026-11-09T10:00:00Z", "three weeks"],
    ["2026-11-12T10:00:00Z", "about three weeks"],
    ["2026-09-01T10:00:00Z", "two months"],
    ["2025-05-01T10:00:00Z", "a year and a half"],
    ["2016-01-01T10:00:00Z", "ten years"],
  ])("%s: %s", (at, words) => expect(since(at)).toBe(words));
});
