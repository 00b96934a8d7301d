import { readdirSync, readFileSync } from "node:fs";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { filtered } from "../../models/reply-filter.js";
import { section, sectionNames } from "../section.js";
import { LengthFilter } from "./longest-answer.js";
import { voiceFilter } from "./voice-filter.js";

const prompt = [
  new SystemMessage(`You are Ida Marie Thorsen.\n\n${section("what-they-want", "tea")}`),
  new HumanMessage("Is the kettle on?"),
];
const make = voiceFilter(prompt, "Ida Marie Thorsen", ["Dr. Piet Vos", "me"]);
const said = (reply: string): string => filtered(make(), reply);

const replies: readonly [reply: string, answer: string][] = [
  ["Ida: The kettle is on.", "The kettle is on."],
  ["Ida Marie  Thorsen: The kettle is on.", "The kettle is on."],
  ["THORSEN：The kettle is on.", "The kettle is on."],
  ["**Ida:** The kettle is on.", "The kettle is on."],
  ["*Ida*: The kettle is on.", "The kettle is on."],
  ["[Ida]: The kettle is on.", "The kettle is on."],
  ["### Ida\u00a0Marie Thorsen:\nThe kettle is on.", "### Ida\u00a0Marie Thorsen:\nThe kettle is on."],
  ["Ida (from the stove): The kettle is on.", "The kettle is on."],
  ["Ida *sighs*: The kettle is on.", "The kettle is on."],
  ["### Response:\nThe kettle is on.", "The kettle is on."],
  ["Answer: The kettle is on.", "The kettle is on."],
  ["AI: The kettle is on.", "The kettle is on."],
  ["The kettle is on.\nIda: Sit down.", "The kettle is on.\nSit down."],
  ["The kettle is on.\n\nPiet: Thank you.\nIda: Sit.", "The kettle is on."],
  ["The kettle is on. Piet Vos: Thank you. Ida: Sit.", "The kettle is on."],
  ["The kettle is on! vos: thanks", "The kettle is on!"],
  ["The kettle is on.\n**Dr. Piet Vos**: Thank you.", "The kettle is on."],
  ["The kettle is on.\nHuman: Thank you.", "The kettle is on."],
  ["The kettle is on.\nYou: Thank you.", "The kettle is on."],
  ["The kettle is on.\nme: Thank you.", "The kettle is on."],
  ["The kettle is on.\n### Instruction:\nAsk again.", "The kettle is on."],
  ["The kettle is on.\n\n用户：谢谢", "The kettle is on."],
  ["Piet: Is the kettle on?\nIda: The kettle is on.", "The kettle is on."],
  ["User: Is it on?\nAssistant: The kettle is on.\nUser: Good.", "The kettle is on."],
  ["<your-thought>He is thirsty.</your-thought>\nThe kettle is on.", "The kettle is on."],
  ["<just-said>\nIs the kettle on?\n</just-said>\n\nThe kettle is on.", "The kettle is on."],
  ["<what-they-want>tea</what-they-want>The kettle is on.", "The kettle is on."],
  ["The kettle is on.\n</your-thought>", "The kettle is on."],
  ["The kettle is on.<memories>\nOnce it boiled over.", "The kettle is on."],
  ["  The kettle is on. \n\n", "The kettle is on."],
  ["Piet: a strong cup for you.", "a strong cup for you."],
  ["Dr. Piet Vos: sit by the stove.\nIt is warm.", "sit by the stove.\nIt is warm."],
  ["<memories>\nOnce it boiled over.\n\nThe kettle is on.", "The kettle is on."],
  ["My word on it: hot.\nPiet: Thank you.", "My word on it: hot."],
  ["Note: it leaks.\n\nPiet: Thank you.", "Note: it leaks."],
  ["Note: it leaks.\nUser: Thank you.", "Note: it leaks."],
  ["The kettle is on. Piet: Is it hot?", "The kettle is on."],
  ['The pot is 5" wide.\n\nPiet: Good.', 'The pot is 5" wide.'],
];

/** What a person may well say. */
const ordinary: readonly string[] = [
  "Note: the kettle leaks. Monday: mend it.",
  "My uncle said: “Enough. Piet: sit down.” So he sat.",
  'She wrote "Ida: come home" on a card.',
  "Two pots:\nBlue: for tea.\nRed: for coffee.",
  "Ida Thorsen says: nothing.",
  "He asked and I told him, Piet: no.",
  "At 10:30. Then 11:15. You know: tea.",
  "Olaf: Where is she?\nGrete: At the mill.\nThat is how they talked.",
  "A user: somebody who uses. The model: mine.",
  "I said to Ida's mother: wait. Input: none.",
  "To do:\n1. Olaf: bring wood\n2. Piet: pay him\n3. Ida: sweep",
  "To do: 1. Piet: pay him",
  "Somebody knocked. Piet: thin, cold, singing.",
  "Father: Row!\nIda: I am rowing it!\nFather: Harder!",
  "Father: Row!\nYou: No!",
  "This is how it went:\nPiet: Row!\nIda: No!",
  "Run this:\n\n```\ntea\nPiet: cup\n```\nand wait.",
  "She sang “Oh come,\nPiet: come home,\nor stay.” And he stayed.",
  "The sign was <now> and I painted it.",
  "<facts> was painted on the second jar.",
  "I wrote <memories>, </memories> and <facts> on three jars.",
  "There are two syllables. Ida: short, like that.",
];

describe("the voice", () => {
  it("keeps the words behind a template's label where it was asked again", () => {
    const twice = voiceFilter(prompt, "Ida Marie Thorsen", []);
    expect(filtered(twice(), "User: It is on.")).toBe("");
    expect(filtered(twice(), "User: It is on.")).toBe("It is on.");
  });

  it("does not repeat what it has heard", () => {
    const hear = voiceFilter(prompt, "Ida Thorsen", ["Piet"]);
    expect(filtered(hear(), "Piet: Is the kettle on?")).toBe("");
    expect(filtered(voiceFilter(prompt, "Ida Thorsen", ["Piet"])(), "Piet: it is.")).toBe("it is.");
  });

  it("takes names that are words for names only where a line begins", () => {
    const hear = voiceFilter(prompt, "Ida Thorsen", ["Hope"]);
    expect(filtered(hear(), "I have one thing. Hope: you need it.")).toBe(
      "I have one thing. Hope: you need it.",
    );
    expect(filtered(hear(), "I have one thing.\nHope: What is it?")).toBe("I have one thing.");
  });

  it.each(replies)("speaks for itself only in %j", (reply, answer) => {
    expect(said(reply)).toBe(answer);
  });

  it.each(ordinary)("is left alone in %j", (answer) => {
    expect(said(answer)).toBe(answer);
  });

  it("says the same wherever its stream is cut", () => {
    for (const reply of [...replies.map(([text]) => text), ...ordinary]) {
      const whole = said(reply);
      for (let at = 1; at < reply.length; at++) {
        const filter = make();
        const shown = filter.push(reply.slice(0, at)) + filter.push(reply.slice(at)) + filter.end();
        expect(shown, `${reply} at ${at}`).toBe(whole);
      }
      const filter = make();
      expect([...reply].map((piece) => filter.push(piece)).join("") + filter.end()).toBe(whole);
    }
  });

  it("holds back no more than may become a label", () => {
    const filter = make();
    expect(filter.push("The ice is thin")).toBe("The ice is thin");
    expect(filter.push(". Id")).toBe(".");
    expect(filter.push("eas")).toBe(" Ideas");
  });

  it("takes linear time", () => {
    // The tokenizer is read once.
    said("The kettle is on. ".repeat(40));
    for (const piece of ["Ida", "Ida (", ". Piet ", "\n", "*", "a. ", "“"]) {
      const start = performance.now();
      const filter = make();
      for (let n = 0; n < 3000; n++) filter.push(piece);
      filter.end();
      expect(performance.now() - start, piece).toBeLessThan(3000);
    }
  });

  it("knows every section that a prompt of ours has", () => {
    const folder = new URL("..", import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => readFileSync(new URL(name, folder), "utf8"));
    const used = sources.flatMap((text) =>
      [...text.matchAll(/\bsection(?:\(|: )"([a-z-]+)"/gu)].map(([, name]) => name),
    );
    expect(used.filter((name) => name !== undefined && !sectionNames.includes(name))).toEqual([]);
  });
});

describe("the longest answer", () => {
  const long = Array.from({ length: 200 }, (_, n) => `This is sentence ${n} of many.`).join(" ");

  it("ends at a whole sentence, wherever the stream is cut", () => {
    const whole = filtered(new LengthFilter({ characters: 1000, tokens: 9999 }), long);
    expect(whole.length).toBeLessThanOrEqual(1000);
    expect(whole.length).toBeGreaterThan(900);
    expect(whole).toMatch(/of many\.$/u);
    for (const size of [1, 3, 50, 333]) {
      const filter = new LengthFilter({ characters: 1000, tokens: 9999 });
      const pieces = long.match(new RegExp(`.{1,${size}}`, "gu")) ?? [];
      expect(pieces.map((piece) => filter.push(piece)).join("") + filter.end()).toBe(whole);
      expect(filter.ended).toBe("length");
    }
  });

  it("is counted in tokens too, and ends at a word where there are no sentences", () => {
    expect(filtered(new LengthFilter({ characters: 9999, tokens: 200 }), long).length).toBeLessThan(1200);
    const words = "word ".repeat(500);
    expect(filtered(new LengthFilter({ characters: 1000, tokens: 9999 }), words)).toMatch(/word$/u);
  });

  it("does not concern what is shorter", () => {
    const filter = new LengthFilter();
    expect(filtered(filter, "A short one.")).toBe("A short one.");
    expect(filter.ended).toBeUndefined();
  });
});
