import { describe, expect, it } from "vitest";
import { terms, words } from "./terms.js";

describe("terms", () => {
  it("leaves out stop words, stems, and brings irregular forms and number words to one form", () => {
    expect(terms("She went to the two libraries and bought books")).toEqual([
      "go",
      "2",
      "librari",
      "bui",
      "book",
    ]);
    expect(terms("I go, he buys")).toEqual(["go", "bui"]);
    expect(terms("my kids")).toEqual(terms("the children"));
  });

  it("reads possessives, contractions and curly apostrophes like the plain word", () => {
    expect(words("Mary’s dog")).toEqual(["mary", "dog"]);
    expect(terms("I don’t, we didn't, they're")).toEqual([]);
  });

  it("folds width and case (NFKC)", () => {
    expect(terms("ＣＡＴ")).toEqual(terms("cat"));
  });

  it("segments Japanese and Chinese, and gives single characters beside compounds", () => {
    expect(terms("昨日、東京の図書館で本を読みました")).toEqual(
      expect.arrayContaining(["昨日", "东京", "东", "京", "图书馆", "本"]),
    );
    expect(terms("我在北京的图书馆看书")).toEqual(expect.arrayContaining(["北京", "图书", "书"]));
    expect(terms("は、が、の")).toEqual([]);
  });

  it("keeps words of other scripts whole", () => {
    expect(terms("Я читал книгу")).toContain("книгу");
    expect(terms("สวัสดีครับ").length).toBeGreaterThan(0);
  });

  it("takes white space of any width for one space", () => {
    expect(terms("left it in his \n\t  will,  down the    well")).toEqual(
      terms("left it in his will, down the well"),
    );
    expect(terms("early  -  may")).toEqual(terms("early may"));
  });

  it("gives nothing for nothing", () => {
    expect(terms("")).toEqual([]);
    expect(terms("?! …  \u0000")).toEqual([]);
  });
});
