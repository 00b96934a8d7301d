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
    ["The answer is C) the lock cottage", "C"],
    ["B - a bakery in Rugby", "B"],
    ["Option b", "B"],
    ["b", "B"],
    ["(b)", "B"],
    ["I think it's the second one", "B"],
    ["Well, C. Where else?", "C"],
    ["I choose A because I was born there", "A"],
    ["The answer is A because my father worked there.", "A"],
    ["The answer is A rope loft.", "A"],
    ["The answer is a bit tricky, but C.", "C"],
    ["The answer is B, a bakery in Rugby. A school came later.", "B"],
    ["The answer is C (not B).", "C"],
    ["The answer is not A but B.", "B"],
    ["答案是（Ｂ）。", "B"],
    ["La réponse : « B ».", "B"],
    ['{"answer":"B"}', "B"],
    ["None of them", ""],
    ["A or B, either will do.", "unparsable"],
    ["The answer is A or B.", "unparsable"],
    ["Both A and C", "unparsable"],
    ["The answer is E.", "unparsable"],
    ["Vitamin C is good for you.", "unparsable"],
    ["Dr. B. Smith lived there", "unparsable"],
    ["I had a D in maths", "unparsable"],
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
    ["The answers are A, C, and F.", "ACF"],
    ["A C F", "ACF"],
    ["ACF", "ACF"],
    ["a, c, f", "ACF"],
    ["The answer is acf", "ACF"],
    ["A, B, C, D, E, F", "ABCDEF"],
    ["All of them", "ABCDEF"],
    ["A. B. C.", "ABC"],
    ["The answer is A、C、F。", "ACF"],
    ["The answer is « A », « C » and « F ».", "ACF"],
    ["The answer is A. a rope loft, C. the lock cottage, F. climbing rocks", "ACF"],
    ["The answer is A (a rope loft), C (the lock cottage) and E (gardening).", "ACE"],
    ["The answer is:\n- A\n- C\n- F", "ACF"],
    ["The answer is A, as well as C", "AC"],
    ["The answer is A. I made ropes, C. we kept the lock, and F) I climb.", "ACF"],
    ["The answer is A and C. I take vitamin F. It helps.", "AC"],
    ["The answer is A, C, F. A good life it was.", "ACF"],
    ["The answer is C, a place I love.", "C"],
    ["The answer is C and a bit of F.", "C"],
    ["A and C are right, B is wrong.", "AC"],
    ["I would say B and D, but not E.", "BD"],
    ["Everything except B.", "unparsable"],
    ["The answer is bad.", "unparsable"],
    ["No idea, honestly.", ""],
  ])("%s", (reply, letters) => {
    expect(read(reply, "multiple")).toBe(letters);
  });
});
