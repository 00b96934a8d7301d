import { expect, it } from "vitest";
import { upToSentence } from "./sentence-end.js";

it("a text is cut at the end of its last sentence", () => {
  expect(upToSentence("One. Two! Thr")).toBe("One. Two!");
  expect(upToSentence("“One.” Two")).toBe("“One.”");
  expect(upToSentence("一。二")).toBe("一。");
  expect(upToSentence("nothing whole")).toBe("");
});
