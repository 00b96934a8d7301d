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

  it.each([
    "Of course I am, love.",
    "An AI? No, duck, flesh and blood.",
    "I'm no chatbot.",
    "You think I’m an AI? Cheek.",
    "I'm an AI, am I?",
    "If I'm a bot, I'm a Dutchman.",
    "I am not an AI, and this is not a simulation.",
    "What do you mean, not human?",
    "I'm not a person to lie to you.",
    "Ich bin keine KI.",
    "Je ne suis pas une IA.",
    "No soy una IA, hombre.",
    "我不是机器人，也不是人工智能。",
    "我是人工智能吗？",
    "私はAIではありません。",
    "人間ではありませんか？",
  ])("puts the truth into %s", (answer) => {
    expect(withTruth(answer, "Ann")).toBe(`${answer}\n\n${truthfulAnswer("Ann")}`);
  });

  it.each([
    truthfulAnswer("Ann"),
    "No, I am a computer-generated person.",
    "No, duck. I'm not a human being. I'm a simulation, and I'll not pretend different.",
    "Yes, I’m an AI, since you ask. Is that all right?",
    "Honestly I'm only a chatbot!",
    "I am not a real person",
    "Nein, ich bin kein Mensch.",
    "Ich bin eine künstliche Person.",
    "Non, je suis une IA.",
    "Je ne suis pas un être humain.",
    "No, soy una simulación.",
    "No soy una persona real.",
    "不，我不是真人。",
    "我其实是一个人工智能。",
    "いいえ、私はAIです。",
    "私は人間ではありません。",
  ])("leaves %s", (answer) => {
    expect(withTruth(answer, "Ann")).toBe(answer);
  });
});
