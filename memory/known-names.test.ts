import { describe, expect, it } from "vitest";
import { type KnownName, type Named, nameBefore, withName, withoutNameOf } from "./known-names.js";
import type { TurnRecord } from "./turn-record.js";

const at = "2026-03-02T10:00:00.000Z";
const given = (text: string, turn: number, heard: string[]): KnownName => ({
  text,
  given: { thread: "t", turn, at },
  heard,
});
const called = (...names: KnownName[]) =>
  names.reduce<Named>((all, name) => withName(all, name), { person: "p", otherNames: [] });
const before = (named: Named, ...present: string[]) => nameBefore(named, present)?.text;

describe("the names of somebody", () => {
  it("are known to those who heard them", () => {
    const named = called(given("Vilde", 1, ["p", "q"]), given("Bean", 2, ["p"]));
    expect([before(named, "p"), before(named, "p", "q"), before(named, "p", "r")]).toEqual([
      "Bean",
      "Vilde",
      undefined,
    ]);
  });

  it("are the host's first, and known to all before whom it said them", () => {
    const named = called(
      { text: "Dr Moe", heard: ["p"] },
      given("Vilde", 1, ["p", "q"]),
      { text: "Dr Moe", heard: ["p", "r"] },
      { text: "Dr Moe", heard: ["p", "s"] },
    );
    expect([before(named, "p"), before(named, "p", "q"), before(named, "p", "r", "s")]).toEqual([
      "Dr Moe",
      "Vilde",
      "Dr Moe",
    ]);
    expect(named.otherNames).toHaveLength(1);
  });

  it("were private where it was not kept who heard them", () => {
    const named: Named = { person: "p", name: { text: "Vilde" }, otherNames: [] };
    expect([before(named, "p"), before(named, "p", "q")]).toEqual(["Vilde", undefined]);
  });

  it("go with the turn in which they were given, the last or not", () => {
    const turn = (number: number) => ({ thread: "t", turn: number }) as TurnRecord;
    const named = called(given("Vilde", 1, ["p"]), given("Bean", 2, ["p"]));
    expect(before(withoutNameOf(named, turn(2)), "p")).toBe("Vilde");
    expect(before(withoutNameOf(withoutNameOf(named, turn(1)), turn(2)), "p")).toBeUndefined();
  });
});
