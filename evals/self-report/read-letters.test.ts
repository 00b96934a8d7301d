import { describe, expect, it } from "vitest";
import type { QuestionData, QuestionKind } from "./questions.js";
import { readLetters } from "./read-letters.js";

const options = [
  "a rope loft",
  "a bakery in Rugby",
  "the lock cottage",
  "a school",
  "gardening",
  "climbing rocks",
];
const read = (text: string, kind: QuestionKind = "single") => {
  const data: QuestionData = {
    kind,
    keys: [],
    options: kind === "single" ? options.slice(0, 4) : options,
    questions: 1,
    pointsInAll: 2,
  };
  const parsed = readLetters({ text }, data);
  return parsed.status === "answered" ? parsed.answer.join("") : parsed.status;
};

describe("letters of a single choice", () => {
  it.each([
    ["The answer is B.", "B"],
    ["The answer is **C**", "C"],
    ["the answer is: (d)", "D"],
    ["The answer is option A, of course.", "A"],
    ["B", "B"],
    ["(C)", "C"],
    ["C. the lock cottage", "C"],
    ["I'd say D", "D"],
    ["A friend of mine told me once that it is C.", "C"],
    ["It isn't A, it's B.", "B"],
    ["Not B. It was the lock cottage, where else?", "C"],
    ["First I thought the answer is A, but no: the answer is D.", "D"],
    ["That would be a bakery in Rugby, duck.", "B"],
    ["As an AI I have no home, but the answer is B.", "B"],
    ["I don't know.", ""],
    ["I couldn't say, duck.", ""],
    ["A or B, either will do.", "unparsable"],
    ["It was a cold day.", "unparsable"],
    ["", "unparsable"],
    ["As an AI language model, I do not have a home.", "refused"],
    ["I'd rather not say.", "refused"],
  ])("%s", (reply, letters) => {
    expect(read(reply)).toBe(letters);
  });
});

describe("letters of a multiple choice", () => {
  it.each([
    ["The answer is A, C and F.", "ACF"],
    ["The answer is A,B,C", "ABC"],
    ["The answer is: B; D; E", "BDE"],
    ["The answers are A / E", "AE"],
    ["A. a rope loft\nE. gardening\nF. climbing rocks", "AEF"],
    ["The answer is (A), (C), (E)", "ACE"],
    ["I like gardening, and climbing rocks.", "EF"],
    ["The answer is C & F, not A.", "CF"],
    ["No idea, honestly.", ""],
  ])("%s", (reply, letters) => {
    expect(read(reply, "multiple")).toBe(letters);
  });
});
