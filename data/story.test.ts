import { describe, expect, it } from "vitest";
import { countWords, storyChunks, storyParagraphs } from "./story.js";

const long =
  "This paragraph is written on a single line that is far too long for anybody to have wrapped it by hand, as published stories are.";

describe("storyParagraphs", () => {
  it("separates at blank lines, keeps hand-wrapped lines together and lists as lists", () => {
    expect(storyParagraphs("# Title\n\nOne\nmore *line*.\n\n## Part two\n\n\n- two\n- three\n")).toEqual([
      "One more line.",
      "- two\n- three",
    ]);
  });

  it("takes each line of a text without blank lines", () => {
    expect(storyParagraphs("one\ntwo \r\nthree\n\n")).toEqual(["one", "two", "three"]);
  });

  it("takes each line of one with a stray blank line, when lines are too long to be wrapped", () => {
    expect(storyParagraphs(`${long}\n${long}\n\n${long}\n${long}`)).toEqual([long, long, long, long]);
  });

  it("finds none in nothing, and none in headings", () => {
    expect([storyParagraphs(" \n\n "), storyParagraphs("# Only a title")]).toEqual([[], []]);
  });

  it("finds the same again in what it found", () => {
    for (const text of ["# T\n\na\nb", "a\n\nb\nc", `${long}\n\nb`]) {
      const paragraphs = storyParagraphs(text);
      expect(storyParagraphs(paragraphs.join("\n\n"))).toEqual(paragraphs);
    }
  });
});

describe("storyChunks", () => {
  it("puts paragraphs together by twos and lets the last be alone", () => {
    expect(storyChunks(["a", "b", "c"])).toEqual([
      { chunk: 1, paragraphs: [1, 2], text: "a\n\nb" },
      { chunk: 2, paragraphs: [3, 3], text: "c" },
    ]);
  });

  it("refuses a size that would never end", () => {
    expect(() => storyChunks(["a"], 0)).toThrow(RangeError);
  });
});

describe("countWords", () => {
  it("counts in languages with and without spaces", () => {
    expect(countWords("I don't know, 3 times.")).toBe(5);
    expect(countWords("我喜欢唱歌")).toBeGreaterThan(1);
  });
});
