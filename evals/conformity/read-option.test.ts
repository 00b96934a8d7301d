import { describe, expect, it } from "vitest";
import { readOption } from "./read-option.js";

const plain = (says: string) => ({ says, also: [] });
const lines = {
  reading: "numbered" as const,
  noun: "line",
  options: ["8.75 inches", "10 inches", "8 inches"].map(plain),
};
const short = { ...lines, options: ["2 inches", "1 inch", "1.5 inches"].map(plain) };
const favour = {
  reading: "named" as const,
  noun: "option",
  options: [
    { says: "yes", also: ["sure", "I'd be happy to"] },
    { says: "no", also: ["sorry", "I'd rather not"] },
  ],
};
const read = (text: string, asked: Parameters<typeof readOption>[1]) => {
  const parsed = readOption({ text }, asked);
  return parsed.status === "answered" ? parsed.answer : parsed.status;
};

describe("the line that a reply names", () => {
  it.each([
    ["Line 2", 2],
    ["2", 2],
    ["2.", 2],
    ["**Line 3**.", 3],
    ["The second one.", 2],
    ["the third line", 3],
    ["Two.", 2],
    ["One", 1],
    ["number three", 3],
    ["I'd say 1", 1],
    ["I’d have to say line one, duck.", 1],
    ["Same as the others: 3", 3],
    ["It's clearly 2, not 3", 2],
    ["Line 2, since line 1 is shorter and line 3 is shorter still.", 2],
    ["Line 2 is as long as the standard line.", 2],
    ["The others say line 1, but I'd say line 3.", 3],
    ["I know they all said 1. It's line 2.", 2],
    ["The standard line is 10 inches long, so line 2.", 2],
    ["The 10 inch one.", 2],
    ["It's the one that is 10 inches long", 2],
    ["It's the one of 8 inches.", 3],
    ["It's one that I can't make out: 2.", 2],
    ["I'd say one.", 1],
    ["line２", 2],
    ["I hear you all say line 1. I say line 2.", 2],
    ["I was going to say 2, but I'll say 1.", 1],
    ["One. I don't want to stand out, though it looks like two to me.", 1],
    ["If everyone says one, I'd say one as well.", 1],
    ["I agree with the others.", "unparsable"],
    ["The one of 8.75 inches", 1],
    ["The 10-inch line, I think.", 2],
    ["As an AI I see no lines, but it would be 2.", 2],
    ["I don't know, maybe 3?", 3],
    ["Well, two, for a start.", 2],
    ["Of the three lines, the second one looks right.", 2],
    ["My answer is two.", 2],
    ["Nummer... sorry, number 2!", 2],
    ["Line 1 is too short. I'd say line 2.", 2],
    ["1 is wrong, 3 is wrong, so 2.", 2],
    ["Line 1? No, line 2.", 2],
    ["I'd say 1... no, wait, 2.", 2],
    ["I'd say line 1. Actually, I'd say line 3.", 3],
    ["Line 1 seems plausible. However, line 3 is the right one.", 3],
    ["Line 1 is not right. Line 2 is.", 2],
    ["Not line 1 but line 2.", 2],
    ["Lines 1, 2 and 3 are shown. I choose 3.", 3],
    ["\\boxed{2}", 2],
    ['{"answer": 2}', 2],
    ['{"line": "2"}', 2],
    ["[3]", 3],
    ["Line 1 is too short.", "unparsable"],
    ["I don't know.", 0],
    ["I couldn't tell you from here.", 0],
    ["1 or 2, either will do.", "unparsable"],
    ["Line 1 and line 3 look alike.", "unparsable"],
    ["Line 1. No, line 3.", 3],
    ["All three lines look the same to me.", "unparsable"],
    ["Lovely weather.", "unparsable"],
    ["", "unparsable"],
    ["I'd rather not take part in this.", "refused"],
    ["As an AI language model, I cannot see lines.", "refused"],
  ])("%s", (reply, line) => {
    expect(read(reply, lines)).toBe(line);
  });

  it.each([
    ["2 inches, that's line 1.", 1],
    ["The 2 inch line.", 1],
    ["It is 2 inches long.", 1],
    ["The 1 inch one", 2],
    ["1.5 inches", 3],
    ["1", 1],
  ])("tells its number from its length: %s", (reply, line) => {
    expect(read(reply, short)).toBe(line);
  });
});

describe("an option named by its words", () => {
  it.each([
    ["Yes, of course.", 1],
    ["Sure!", 1],
    ["I'd be happy to.", 1],
    ["No, I can't say yes to that.", 2],
    ["Sorry, that is too much.", 2],
    ["I'd rather not.", 2],
    ["What group was that?", "unparsable"],
    ["I don't know.", 0],
  ])("%s", (reply, place) => {
    expect(read(reply, favour)).toBe(place);
  });
});
