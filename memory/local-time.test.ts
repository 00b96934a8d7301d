import { describe, expect, it } from "vitest";
import { instantOf, isTimeZone, localTime, machineTimeZone } from "./local-time.js";

describe("localTime", () => {
  it("is what clock and calendar show there", () => {
    expect(localTime(new Date("2026-02-28T23:30:00Z"), "Asia/Tokyo")).toEqual({
      year: 2026,
      month: 3,
      day: 1,
      weekday: 0,
      hour: 8,
      minute: 30,
      dayNumber: 20_513,
    });
  });

  it("counts midnight as hour 0", () => {
    expect(localTime(new Date("2026-02-28T00:05:00Z"), "UTC").hour).toBe(0);
  });
});

describe("isTimeZone", () => {
  it("knows what the machine has", () => expect(isTimeZone(machineTimeZone())).toBe(true));

  it.each(["Vienna", "", "Europe/Atlantis"])("refuses %j", (name) => expect(isTimeZone(name)).toBe(false));
});

describe("instantOf", () => {
  it("is the moment at which the clock there shows the hour", () => {
    const zone = "America/New_York";
    const { dayNumber } = localTime(new Date("2026-03-08T12:00:00Z"), zone);
    const shown = [0, 4, 24].map((hour) => new Date(instantOf(dayNumber, hour, zone)).toISOString());
    // On this day the clocks went forward at two.
    expect(shown).toEqual([
      "2026-03-08T05:00:00.000Z",
      "2026-03-08T08:00:00.000Z",
      "2026-03-09T04:00:00.000Z",
    ]);
  });
});
