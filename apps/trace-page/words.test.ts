import { expect, it } from "vitest";
import { methodInWords, refusalInWords, roleInWords, sectionInWords, stepInWords } from "./words.js";

it("says what it has words for, and lets every other name stand", () => {
  const lookUps = [methodInWords, refusalInWords, roleInWords, sectionInWords, stepInWords];
  expect(stepInWords("think")).toBe("Thinks");
  for (const inWords of lookUps) expect(inWords("constructor")).toBe("constructor");
});
