import { describe, expect, it } from "vitest";
import { traitSentences } from "./published-people.js";

describe("traitSentences", () => {
  it.each([
    ["- I am calm. - I hum! - Do I? ", ["I am calm.", "I hum!", "Do I?"]],
    [
      "- I like A - B films. - I'm well-read.\n- I rest.",
      ["I like A - B films.", "I'm well-read.", "I rest."],
    ],
    ['- I say "no." - I mean it.', ['I say "no."', "I mean it."]],
    ["- friendly - calm", ["friendly", "calm"]],
    ["I am one sentence.", ["I am one sentence."]],
    ["", []],
  ])("splits %j", (list, sentences) => {
    expect(traitSentences(list)).toEqual(sentences);
  });
});
