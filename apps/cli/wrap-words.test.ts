import { describe, expect, it } from "vitest";
import { displayWidth, WordStream, wrapWords } from "./wrap-words.js";

const prose = "The boats came in late that evening, and nobody on the quay could say why.";

describe("wrapping", () => {
  it.each([20, 38, 60, 80])("breaks between words at %i columns and loses none", (columns) => {
    const lines = wrapWords(prose, columns).split("\n");
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
    expect(lines.join(" ")).toBe(prose);
  });

  it("counts East Asian letters twice, and may break between them", () => {
    const lines = wrapWords("昨天晚上船回来得很晚，码头上没有人知道为什么。", 16).split("\n");
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(16);
    expect(lines.every((line) => !/^[，。]/u.test(line))).toBe(true);
  });

  it("puts what continues a list's item under its text, and leaves colours alone", () => {
    expect(wrapWords("• one two three four", 11)).toBe("• one two\n  three\n  four");
    expect(wrapWords("\u001B[2mone two three\u001B[22m", 9)).toBe("\u001B[2mone two\nthree\u001B[22m");
  });

  it("leaves a word whole that is longer than a line", () => {
    expect(wrapWords("see /home/ann/talks/evening.md now", 10)).toBe("see\n/home/ann/talks/evening.md\nnow");
  });
});

describe("a text that comes in parts", () => {
  it.each([1, 2, 5, 11])("is broken as the whole one, in parts of %i characters", (size) => {
    const stream = new WordStream(30);
    stream.passed("Ann: ");
    let shown = "Ann: ";
    for (let at = 0; at < prose.length; at += size) shown += stream.push(prose.slice(at, at + size));
    shown += stream.flush();
    const lines = shown.split("\n");
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(30);
    expect(lines.join(" ")).toBe(`Ann: ${prose}`);
  });

  it("is shown as it comes where there is no width", () => {
    expect(new WordStream(undefined).push("as it c")).toBe("as it c");
  });
});
