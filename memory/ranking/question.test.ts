import { describe, expect, it } from "vitest";
import { readQuestion } from "./question.js";

const self = { name: "Ann Lee" };
const bob = { name: "Bob" };
const now = new Date("2024-03-15T12:00:00Z");
const read = (text: string) => readQuestion(text, self, [bob], now);

describe("readQuestion", () => {
  it("takes the named person as the one asked about, and leaves the name out of both queries", () => {
    const question = read("What is Bob's favourite soup?");
    expect(question.asked).toBe(bob);
    expect(question.terms).toEqual(["favourit", "soup"]);
    expect(question.dense).toBe("What is my favourite soup?");
  });

  it('means the character by "you"', () => {
    const question = read("Where were you born, and are you happy with your town?");
    expect(question.asked).toBe(self);
    expect(question.dense).toBe("Where were I born, and am I happy with my town?");
  });

  it("is about the one named first, unless several are on a par or the asker is meant", () => {
    expect(read("What did Bob cook for Ann?").asked).toBe(bob);
    expect(read("What did you cook for Bob?").asked).toBe(self);
    expect(read("What did Bob cook for you?").asked).toBe(bob);
    expect(read("What do Bob and Ann like?").asked).toBeUndefined();
    expect(read("What is the name of my dog, as I told you?").asked).toBeUndefined();
    expect(read("What rhymes with orange?").asked).toBeUndefined();
  });

  it("reads past the courtesy of a request", () => {
    expect(read("Could you please tell me about your school?").dense).toBe("my school?");
    expect(read("May I ask about your school?").asked).toBe(self);
    expect(read("Tell me").terms).toEqual(["tell"]);
  });

  it("tells when and how-long questions from others", () => {
    expect(read("When did Bob move?").form).toBe("when");
    expect(read("How long has Bob had the car?").form).toBe("how-long");
    expect(read("How did Bob feel when she left?").form).toBe("other");
  });

  it("keeps the words of a date apart", () => {
    const question = read("Who visited Bob in December 2023?");
    expect(question.time?.spans).toEqual([
      { from: Date.parse("2023-12-01T00:00:00Z"), to: Date.parse("2024-01-01T00:00:00Z") },
    ]);
    expect(question.terms).toEqual(["visit"]);
    expect(question.dateTerms).toEqual(["decemb", "2023"]);
  });

  it("leaves out words that only say what kind of answer is wanted, unless there are no others", () => {
    expect(read("What kind of cake?").terms).toEqual(["cake"]);
    expect(read("What kind?").terms).toEqual(["kind"]);
  });

  it.each([
    "あなたの趣味は何ですか",
    "你有什么爱好？",
    "¿Cuál es tu trabajo?",
    "",
    "???",
    "x".repeat(100_000),
  ])("does not break on %.20s", (text) => expect(() => read(text)).not.toThrow());
});
