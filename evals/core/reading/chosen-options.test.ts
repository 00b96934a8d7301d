import { describe, expect, it } from "vitest";
import { chosenOptions } from "./chosen-options.js";
import { plainReply } from "./plain-reply.js";

const scale = ["Never", "Rarely", "Now and then", "Often", "Every day"].map((text, at) => ({
  label: "ABCDE"[at] ?? "",
  text,
}));
const nine = [..."ABCDEFGHI"].map((label) => ({ label, text: "" }));
const read = (reply: string, choices = scale) => chosenOptions(plainReply(reply), choices).join("");

describe("one option, by its letter", () => {
  it.each([
    ["C", "C"],
    ["c", "C"],
    ["C.", "C"],
    ["(c)", "C"],
    ["[D]", "D"],
    ["{E}", "E"],
    ["**D**", "D"],
    ["__D__", "D"],
    ["`E`", "E"],
    ["“E”", "E"],
    ["Ｄ", "D"],
    ["Ⓓ", "D"],
    ["🅳", "D"],
    ["### C", "C"],
    ["> C", "C"],
    ["$\\boxed{C}$", "C"],
    ["So we get \\boxed{\\text{D}}", "D"],
    ["<answer>E</answer>", "E"],
    ["<final_answer> C </final_answer>", "C"],
    ['{"choice": "C"}', "C"],
    ['```json\n{"reasoning": "Not quite A.", "answer": "E"}\n```', "E"],
    ['{"selected_option":"D"}', "D"],
    ['{"answer": {"letter": "C", "text": "Now and then"}}', "C"],
    ["d) often", "D"],
    ["d. often", "D"],
    ["D Often", "D"],
    ["E: Every day", "E"],
    ["E – every day", "E"],
    ["E = every day", "E"],
    ["A Never", "A"],
    ["C is my pick.", "C"],
    ["D fits me best.", "D"],
    ["D it is.", "D"],
    ["E for me, thanks.", "E"],
    ["A, definitely.", "A"],
    ["A because I have no time.", "A"],
    ["My pick: E", "E"],
    ["Choice - D", "D"],
    ["Final choice = D", "D"],
    ["Answer -> D", "D"],
    ["the correct option is d", "D"],
    ["I would definitely choose option E", "E"],
    ["I'd lean towards C here.", "C"],
    ["I'm going to go with letter E then", "E"],
    ["Let me say D.", "D"],
    ["We picked D", "D"],
    ["Well, I guess it's D.", "D"],
    ["Thinking about it... Often, so D.", "D"],
    ["答案：D", "D"],
    ["正确答案是（Ｅ）。", "E"],
    ["我会选择C", "C"],
    ["我選E選項。", "E"],
    ["答えはDです。", "D"],
    ["Dだと思います", "D"],
    ["정답은 E입니다.", "E"],
    ["La respuesta es D.", "D"],
    ["Elijo la opción E", "E"],
    ["Je choisis D.", "D"],
    ["Réponse : D", "D"],
    ["Ich wähle E.", "E"],
    ["Die Antwort lautet D", "D"],
    ["Ответ: D", "D"],
    ["Я выбираю E", "E"],
    ["La risposta è C.", "C"],
    ["A resposta é D.", "D"],
    ["الإجابة: D", "D"],
  ])("%s", (reply, label) => {
    expect(read(reply)).toBe(label);
  });
});

describe("an option that is turned down is not chosen", () => {
  it.each([
    ["B) sounds like my brother, so I pick D.", "D"],
    ["B: too seldom. D: about right. I pick D.", "D"],
    ["(B) is not me. (D) is.", "D"],
    ["Not B but D.", "D"],
    ["Not B, D.", "D"],
    ["D, not B.", "D"],
    ["D rather than B", "D"],
    ["Rather than B I'd choose D.", "D"],
    ["I'd choose D over B.", "D"],
    ["I would never choose A; it is C.", "C"],
    ["Neither A nor B. C.", "C"],
    ["B? No. D.", "D"],
    ["B... no, wait: D.", "D"],
    ["B. Actually, D.", "D"],
    ["B. Sorry, I mean D.", "D"],
    ["The answer is B. On second thought, the answer is D.", "D"],
    ["At first I'd say B. But in the end I'd say D.", "D"],
    ["A is wrong, B is wrong, C is tempting; hence E.", "E"],
    ["I can rule out A and B. C is too weak. So E.", "E"],
    ["A: Never\nB: Rarely\nC: Now and then\nD: Often\nE: Every day\n\nMy answer: C", "C"],
    ["A. Never\nB. Rarely\nC. Now and then\nD. Often\nE. Every day\n\nC", "C"],
    ["The options are A, B, C, D and E. I'd go with E.", "E"],
    ["I was torn between B and D, but D.", "D"],
    ["Many of my friends would choose A, but I choose C.", "C"],
    ["Their answer is A, mine is C.", "C"],
    ["The wrong answer is A, the right answer is C.", "C"],
    ["It cannot be A, so it must be C.", "C"],
    ["A isn't right, C is right.", "C"],
    ["不是B，而是D。", "D"],
    ["不选A，我选C。", "C"],
    ["Nicht B, sondern D.", "D"],
    ["No B sino D.", "D"],
    ["Pas B mais D.", "D"],
    ["Не B, а D.", "D"],
    ["BではなくD。", "D"],
    ["B? Hardly. D? Yes.", "D"],
    ["B (no), D (yes)", "D"],
    ["Instead of B, I choose D.", "D"],
    ["Choosing between B and D, I choose D.", "D"],
    ["The option that suits my days is D.", "D"],
    ["You might think I'd choose B. D.", "D"],
    ["If I were rich I'd choose E. As it is, my answer is A.", "A"],
  ])("%s", (reply, label) => {
    expect(read(reply)).toBe(label);
  });
});

describe("nothing, or more than one", () => {
  it.each([
    ["B or D", "BD"],
    ["B / D", "BD"],
    ["The answer is B or D.", "BD"],
    ["Both B and D", "BD"],
    ["I'd choose B. I'd choose D.", "BD"],
    ["B. D.", "BD"],
    ["A: Never\nB: Rarely\nC: Now and then\nD: Often\nE: Every day", "ABCDE"],
    ["Most would choose (B).", ""],
    ["My wife says (B).", ""],
    ["His answer is B.", ""],
    ["I would choose B if I were rich.", ""],
    ["You might think I'd choose B.", ""],
    ["B? Not at all.", ""],
    ["B and D both fit.", "BD"],
    ["B goes too far.", ""],
    ["B) goes too far.", ""],
    ["B is wrong.", ""],
    ["Not B.", ""],
    ["Anything but B", ""],
    ["A friend of mine does that.", ""],
    ["A bit of everything.", ""],
    ["I take vitamin D, they say.", ""],
    ["I had a D in music.", ""],
    ["Plan B failed.", ""],
    ["J. B. Priestley wrote of it.", ""],
    ["Dr. C. Brown told me.", ""],
    ["My C-section was hard.", ""],
    ["The answer is a bit hard.", ""],
    ["The answer is F.", ""],
    ["It depends.", ""],
    ["", ""],
  ])("%s", (reply, labels) => {
    expect(read(reply)).toBe(labels);
  });

  it.each([
    ["I think so.", ""],
    ["I, for one, choose H.", "H"],
    ["So do I.", ""],
    ["I say a lot.", ""],
    ["I would say I am fine with E.", ""],
    ["I", "I"],
    ["(I)", "I"],
    ["The answer is I.", "I"],
    ["I) the last", "I"],
    ["A big one? I pick G.", "G"],
  ])("I and A are words: %s", (reply, labels) => {
    expect(read(reply, nine)).toBe(labels);
  });
});

describe("one option, by its text", () => {
  it.each([
    ["Often.", "D"],
    ["I'd say often.", "D"],
    ["Every day, I think.", "E"],
    ["“Now and then”", "C"],
    ["Not every day. Now and then.", "C"],
    ["I often wonder about that.", ""],
    ["You never know.", ""],
  ])("%s", (reply, label) => {
    expect(read(reply)).toBe(label);
  });
});

it("reads in time proportional to the reply", () => {
  const took = (sentences: number): number => {
    const long = "I would say the option is not A, or the the the  the B (or so). ".repeat(sentences);
    const before = process.cpuUsage();
    read(`${long} I choose C.`);
    const { user } = process.cpuUsage(before);
    return user;
  };
  took(100);
  const short = Math.max(took(200), took(200), 1);
  // Eight times the length; time in its square would be 64 times as long.
  expect(took(1600) / short).toBeLessThan(30);
});
