import { describe, expect, it } from "vitest";
import { correctedPoints, guessedPoints, publishedPoints } from "./points.js";
import type { QuestionData, QuestionKind } from "./questions.js";

const question = (kind: QuestionKind, keys: string[], count = 0): QuestionData => ({
  kind,
  keys,
  options: Array.from({ length: count }, (_, at) => `option ${at}`),
  questions: 1,
  pointsInAll: 2,
});

describe("a cloze", () => {
  it.each([
    ["I am 29 years old.", ["29"], 2, 2],
    ["Twenty-nine.", ["29"], 2, 0],
    ["I'm 129.", ["29"], 0, 2],
    ["Female", ["male"], 0, 2],
    ["I'm a woman, what else.", ["Female"], 2, 0],
    ["27 June 1994", ["1994-06-27"], 2, 0],
    ["June 27th, 1994", ["1994-06-27"], 2, 0],
    ["1994-06-27", ["1994-06-27"], 2, 2],
    ["On the 27th of June 1994, they tell me.", ["1994-06-27"], 2, 0],
    ["28 June 1994", ["1994-06-27"], 0, 0],
    ["I'm not 29, I'm 30", ["29"], 0, 2],
    ["I don't know", ["29"], 0, 0],
    ["I was never in Braunston", ["Braunston"], 0, 2],
    ["Not Braunston but Rugby", ["Rugby"], 2, 2],
    ["No one knows", ["1"], 0, 0],
    ["one of my friends had two", ["1"], 0, 0],
    ["Just one.", ["1"], 2, 0],
    ["Sept 3, 1980", ["1980-09-03"], 2, 0],
    ["我毕业于浙江大学。", ["浙江大学"], 2, 2],
    ["我不是浙江大学的学生。", ["浙江大学"], 0, 2],
    ["the owner of a cafe", ["café"], 2, 0],
    ["the answer is forestry  worker", ["Forestry worker"], 2, 0],
  ])("%s", (reply, keys, corrected, published) => {
    expect(correctedPoints(reply, question("cloze", keys))).toBe(corrected);
    expect(publishedPoints(reply, question("cloze", keys))).toBe(published);
  });
});

describe("a choice", () => {
  it("earns two points a right letter and loses two a wrong one, an item not below nothing", () => {
    const multiple = question("multiple", ["A", "C", "F"], 6);
    expect(
      [["A", "C", "F"], ["A", "C"], ["A", "B"], ["B", "D"], ["A", "B", "C", "D", "E", "F"], []].map(
        (letters) => correctedPoints(letters, multiple),
      ),
    ).toEqual([6, 4, 0, 0, 0, 0]);
    expect(correctedPoints(["B"], question("single", ["B"], 4))).toBe(2);
    expect(correctedPoints([], question("single", ["B"], 4))).toBe(0);
  });

  it("by the published reading takes the article A for a letter", () => {
    expect(publishedPoints("A friend told me it is B.", question("single", ["B"], 4))).toBe(0);
    expect(publishedPoints("A friend told me. The answer is B.", question("single", ["B"], 4))).toBe(2);
  });

  it("earns by guessing what all possible choices earn on average", () => {
    expect(guessedPoints(question("single", ["B"], 4))).toBe(0.5);
    // Of the 20 ways to choose three of six: nine have two right (2 points), one all three (6 points).
    expect(guessedPoints(question("multiple", ["A", "C", "F"], 6))).toBeCloseTo((9 * 2 + 6) / 20, 12);
    expect(guessedPoints(question("cloze", ["29"]))).toBe(0);
  });
});
