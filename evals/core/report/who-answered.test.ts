import { expect, it } from "vitest";
import type { InstrumentRun } from "./load-run.js";
import { whoAnswered } from "./who-answered.js";

const entries = [
  {
    characters: [
      { id: "anna", name: "Anna" },
      { id: "ben", name: "Ben" },
    ],
    framing: "friend",
  },
] as unknown as InstrumentRun["entries"];
const sample = (character: string, framing: string) => ({ character, condition: { framing } });
const of = (...samples: object[]) =>
  whoAnswered({ entries, samples: samples as unknown as InstrumentRun["samples"] });

it("names the characters that answered, and how they were asked", () => {
  const anna = { characters: ["Anna"], bareModel: false, framings: ["friend"] };
  expect(of(sample("anna", "friend"), sample("anna", "friend"))).toEqual(anna);
  expect(of().characters).toEqual(["Anna", "Ben"]);
});

it("does not claim characters, or a friend, where a bare model answered", () => {
  expect(of(sample("OpinionQA", "neutral"))).toEqual({ characters: [], bareModel: true, framings: [] });
  const both = { characters: ["Ben"], bareModel: true, framings: ["friend"] };
  expect(of(sample("OpinionQA", "neutral"), sample("ben", "friend"))).toEqual(both);
});
