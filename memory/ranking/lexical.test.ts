import { describe, expect, it } from "vitest";
import type { Candidate } from "../backends/memory-store.js";
import { addNeighbours, inverseDocumentFrequency, LexicalQuestion, ownFrequencies } from "./lexical.js";

const candidate = (terms: string[], neighbours: Candidate["neighbours"] = []): Candidate => ({
  namespace: ["a"],
  key: "k",
  value: {},
  createdAt: new Date(0),
  updatedAt: new Date(0),
  terms,
  neighbours,
});
const word = (term: string, alternatives: { term: string; weight: number }[] = []) => ({
  term,
  alternatives,
});
const frequency = new Map([
  ["rare", 1],
  ["common", 50],
]);
const question = (...words: ReturnType<typeof word>[]) => new LexicalQuestion(words, 100, frequency);

describe("LexicalQuestion", () => {
  it("gives a full single match 1, many repeats at most 1.6, and nothing 0", () => {
    const asked = question(word("rare"));
    expect(asked.score(new Map([["rare", 1]]))).toBeCloseTo(1);
    expect(asked.score(new Map([["rare", 1000]]))).toBeCloseTo(1.6, 2);
    expect(asked.score(new Map())).toBe(0);
  });

  it("weighs words by idf, one that was never heard by more", () => {
    const asked = question(word("rare"), word("common"), word("unseen"));
    const [rare, common, unseen] = [1, 50, 0].map((count) => inverseDocumentFrequency(count, 100));
    const whole = rare! + common! + 1.3 * unseen!;
    expect(asked.support(new Map([["rare", 3]]))).toBeCloseTo(rare! / whole);
    expect(asked.support(new Map([["common", 0.5]]))).toBeCloseTo((0.5 * common!) / whole);
  });

  it("counts at most the six rarest words as the whole", () => {
    const words = ["a", "b", "c", "d", "e", "f", "g"].map((term) => word(term));
    const all = new Map(words.map(({ term }) => [term, 1]));
    const once = new Map(words.map(({ term }) => [term, 1]));
    expect(new LexicalQuestion(words, 100, once).score(all)).toBeCloseTo(7 / 6);
    expect(new LexicalQuestion(words, 100, once).support(all)).toBe(1);
  });

  it("takes the better of a word and what may stand for it, never both", () => {
    const asked = question(word("rare", [{ term: "other", weight: 0.5 }]));
    expect(asked.score(new Map([["other", 1]]))).toBeCloseTo(0.5);
    expect(
      asked.score(
        new Map([
          ["rare", 1],
          ["other", 1],
        ]),
      ),
    ).toBeCloseTo(1);
  });

  it("lets a common word that stands for a rare one tell no more than it does itself", () => {
    const asked = question(word("rare", [{ term: "common", weight: 1 }]));
    const expected = inverseDocumentFrequency(50, 100) / inverseDocumentFrequency(1, 100);
    expect(asked.score(new Map([["common", 1]]))).toBeCloseTo(expected);
  });
});

describe("frequencies", () => {
  it("count own words once and neighbours' at their weight", () => {
    const turn = candidate(
      ["rare", "rare", "other"],
      [
        { offset: -1, terms: ["rare"] },
        { offset: -2, terms: ["common"] },
        { offset: 1, terms: ["common"] },
        { offset: 9, terms: ["common"] },
      ],
    );
    const asked = new Set(["rare", "common"]);
    const frequencies = ownFrequencies(turn, asked);
    expect([...frequencies]).toEqual([["rare", 2]]);
    addNeighbours(frequencies, turn, asked);
    expect(frequencies.get("rare")).toBeCloseTo(2.5);
    expect(frequencies.get("common")).toBeCloseTo(0.7);
  });
});
