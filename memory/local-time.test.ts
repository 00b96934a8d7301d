import { describe, expect, it } from "vitest";
import { checkedTimeZone, localTime, machineTimeZone } from "./local-time.js";

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

describe("checkedTimeZone", () => {
  it("takes what the machine has", () => {
    expect(checkedTimeZone(machineTimeZone())).toBe(machineTimeZone());
  });

  it.each(["Vienna", "", "Europe/Atlantis"])("refuses %j and says what it wants", (name) => {
    expect(() => checkedTimeZone(name)).toThrow(/no time zone .*IANA name/);
  });
});
