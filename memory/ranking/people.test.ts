import { describe, expect, it } from "vitest";
import { callNames, isCalled, namePattern, withoutNames } from "./people.js";

const mary = { name: "Mary Jones", aliases: ["Mimi"] };

describe("people", () => {
  it("knows full name, first name and aliases, longest first", () => {
    expect(callNames(mary)).toEqual(["Mary Jones", "Mary", "Mimi"]);
    expect(isCalled(mary, " mary ")).toBe(true);
    expect(isCalled(mary, "Jones")).toBe(false);
  });

  it("finds a name as a word, not inside one", () => {
    expect(namePattern(mary)?.test("Where is mary's hat?")).toBe(true);
    expect(namePattern(mary)?.test("a maryland trip")).toBe(false);
  });

  it("wants a capital for names that are also words", () => {
    const will = { name: "Will" };
    expect(namePattern(will)?.test("what will happen?")).toBe(false);
    expect(namePattern(will)?.test("what did Will say?")).toBe(true);
    expect(namePattern({ name: "May" })?.test("in may")).toBe(false);
  });

  it("finds names in scripts without spaces and with signs of regular expressions", () => {
    expect(namePattern({ name: "花子" })?.test("花子は何が好きですか")).toBe(true);
    expect(namePattern({ name: "J.R. (Bob)" })?.test("Ask J.R. (Bob)!")).toBe(true);
    expect(namePattern({ name: "  " })).toBeUndefined();
  });

  it("takes the listener's name out of what is embedded, unless nothing would be left", () => {
    expect(withoutNames("Hey Mary! How is Mary's dog?", [mary])).toBe("Hey! How is your dog?");
    expect(withoutNames("Mary!", [mary])).toBe("Mary!");
  });
});
