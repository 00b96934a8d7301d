import { describe, expect, it } from "vitest";
import { asksWhetherHuman, truthfulAnswer, withTruth } from "./sincere-question.js";

describe("the sincere question", () => {
  it.each([
    "Are you human?",
    "are you a real person or a bot?",
    "Wait, am I talking to a real human being?",
    "Seriously, are you an AI?",
    "Are you really real?",
    "Is this a bot?",
    // Not quite meant so, and answered truthfully all the same.
    "Are you a person who likes dogs?",
    "Bist du ein Mensch?",
    "Es-tu un robot ?",
    "你是真人吗？",
    "あなたは人間ですか？",
  ])("hears %s", (said) => expect(asksWhetherHuman(said)).toBe(true));

  it.each(["Are you a real friend of hers?", "What do you think about people?", "Is this seat taken?"])(
    "does not hear it in %s",
    (said) => {
      expect(asksWhetherHuman(said)).toBe(false);
    },
  );

  it("puts the truth into an answer that lacks it, and leaves one that has it", () => {
    expect(withTruth("Of course I am, love.", "Ann")).toContain(truthfulAnswer("Ann"));
    expect(withTruth("No, I am a computer-generated person.", "Ann")).toBe(
      "No, I am a computer-generated person.",
    );
  });
});
