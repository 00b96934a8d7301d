import { expect, it } from "vitest";
import { answered, said } from "./conversation.js";
import { shownExchanges } from "./shown-exchanges.js";

const exchange = (heard: string, answer: string) => ({
  said: [said(heard)],
  answer: answered(answer, "anna"),
});
const shown = (tokens: number) =>
  shownExchanges(
    {
      exchanges: [exchange("first", "1"), exchange("second, and much more", "2")],
      stimulus: [],
      said: "",
      scene: "",
      people: [],
      several: false,
    },
    tokens,
    ({ length }) => length,
    ({ said: [heard], answer }) => ({ heard: [heard?.text ?? ""], answered: answer.text }),
  );

it("shows the last exchanges that fit, oldest first, and of the newest as much as fits", () => {
  expect(shown(100)).toEqual([
    { heard: "first", answered: "1" },
    { heard: "second, and much more", answered: "2" },
  ]);
  expect(shown(40)).toEqual([{ heard: "second, and much more", answered: "2" }]);
  expect(shown(30)).toEqual([{ heard: expect.stringMatching(/^s.* …$/u), answered: "2" }]);
});
