import { describe, expect, it } from "vitest";
import { priorsOf, tellsTime } from "./priors.js";
import { readQuestion } from "./question.js";
import { questionShare } from "./question-share.js";

const bob = { name: "Bob" };
const ask = (text: string) => readQuestion(text, { name: "Ann" }, [bob], new Date("2024-01-01T00:00:00Z"));
const memory = (text: string, at?: string) => ({
  text,
  questionShare: questionShare(text),
  ...(at ? { at: new Date(at) } : {}),
});

describe("priorsOf", () => {
  it("favours the person asked about", () => {
    const question = ask("What does Bob like?");
    expect(priorsOf(question, memory("Soup."), true)).toBeCloseTo(0.35);
    expect(priorsOf(question, memory("Soup."), false)).toBe(0);
    expect(priorsOf(question, memory("Soup."), undefined)).toBe(0);
  });

  it("favours what was told near the date asked for; an unknown time counts neither way", () => {
    const question = ask("Where did Bob swim in May 2023?");
    expect(priorsOf(question, memory("I swam.", "2023-05-09T00:00:00Z"), undefined)).toBeCloseTo(0.5);
    expect(priorsOf(question, memory("I swam.", "2023-08-09T00:00:00Z"), undefined)).toBe(0);
    expect(priorsOf(question, memory("I swam."), undefined)).toBe(0);
  });

  it("lets the time decide where nothing else was asked for", () => {
    const question = ask("What did Bob do in May 2023?");
    expect(priorsOf(question, memory("I swam.", "2023-05-09T00:00:00Z"), undefined)).toBeCloseTo(2);
  });

  it("lowers what asks itself, by its share", () => {
    expect(priorsOf(ask("soup"), memory("I like it. Do you?"), undefined)).toBeCloseTo(-0.1);
  });

  it("favours what tells a time where a time is asked for", () => {
    expect(priorsOf(ask("When did Bob swim?"), memory("I swam yesterday."), undefined)).toBeCloseTo(0.2);
    expect(priorsOf(ask("Where did Bob swim?"), memory("I swam yesterday."), undefined)).toBe(0);
  });
});

describe("tellsTime", () => {
  it("knows points in time and durations, in a few languages", () => {
    expect(
      ["last summer", "in 1999", "昨日は晴れ", "on 3rd street"].map((text) => tellsTime(text, "when")),
    ).toEqual([true, true, true, true]);
    expect(
      ["for three years", "since then", "a lovely dog"].map((text) => tellsTime(text, "how-long")),
    ).toEqual([true, true, false]);
  });
});

describe("questionShare", () => {
  it("is the share of sentences that ask", () => {
    expect(questionShare("Fine. And you? Really?!")).toBeCloseTo(2 / 3);
    expect(questionShare("元気です。あなたは？")).toBe(0.5);
    expect(questionShare("Fine.")).toBe(0);
    expect(questionShare("?")).toBe(0);
  });
});
