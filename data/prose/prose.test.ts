import { describe, expect, it } from "vitest";
import { plainText, proseOf } from "./prose.js";

describe("proseOf", () => {
  it.each([
    ["comments of HTML", "I sow.<!-- ask Pia -->\n\n<!--\nshe drank\n-->\n\nI reap.", "I sow.\n\nI reap."],
    ["comments of Markdown", "I sow.\n\n[//]: # (she drank)\n\nI reap.", "I sow.\n\nI reap."],
    [
      "comments of Obsidian",
      "I sow %%ask Pia%% rye.\n\n%%\nshe drank\n%%\n\nI reap.",
      "I sow rye.\n\nI reap.",
    ],
    [
      "what Word pastes",
      "<p class=MsoTitle>Life</p><p>I <del>reap</del><ins>sow</ins>&nbsp;rye.</p><div style='mso-element:comment'><div>Pia?</div></div>",
      "I sow rye.",
    ],
    ["front matter", "---\ntitle: Rye\ntags: [a]\n---\n\nI sow.", "I sow."],
    ["front matter in TOML", "+++\ntitle = 'Rye'\n+++\nI sow.", "I sow."],
    ["rules", "I sow.\n\n* * *\n\n———\n\nI reap.\n\n___\n", "I sow.\n\nI reap."],
    ["headings", "# One\n\nTwo\n---\n\nI sow.\n\nChapter 3\n\n<h2>Four</h2>\n\nI reap.", "I sow.\n\nI reap."],
    ["tables", "I sow.\n\n| year | crop |\n|---|---|\n| 1961 | rye |\n\nI reap.", "I sow.\n\nI reap."],
    [
      "markup in lines",
      'I **sow** [rye](http://a.b "c") ![x](y.png)by the *sea*[^1] &amp; lake.',
      "I sow rye by the sea & lake.",
    ],
    [
      "wrapped lines",
      "I sowed rye for\nmy uncle Jean-\nLuc.\n\nI reap.",
      "I sowed rye for my uncle Jean-Luc.\n\nI reap.",
    ],
  ])("keeps no %s", (_, text, prose) => {
    expect(proseOf(text)).toBe(prose);
    expect(proseOf(prose)).toBe(prose);
  });

  it("keeps what only looks like markup", () => {
    const text = "At 5 * 3 < 20 I said snake_case, 100% sure - or <grumble> so.\n\nAnd left.";
    expect(proseOf(text)).toBe(text);
  });

  it("reads every line end as one", () => {
    expect(proseOf("one\u0085two\u2028three\vfour\rfive\u2029six se\u00adven\u200b")).toBe(
      "one two three four five\n\nsix seven",
    );
  });

  it("takes out what stands between its own marks, and leaves marks that nothing closes", () => {
    expect(proseOf("Hay ![a [red] cart](cart_(old).png)dries.")).toBe("Hay dries.");
    expect(proseOf("He paid 3 {# sacks, and /* no more.")).toBe("He paid 3 {# sacks, and /* no more.");
    expect(proseOf("Hay /* why? */dries /* slowly.")).toBe("Hay dries /* slowly.");
    expect(proseOf("Hay\n\n```js\nlet a;\n~~~\n```\n\ndries.\n\n```js\nlet b;")).toContain("let b;");
  });

  it("takes marks off a name, and leaves plain ones alone", () => {
    expect(plainText("*Ada Marie*<!-- sic -->")).toBe("Ada Marie");
    expect(plainText("Jean-Luc O'Hara")).toBe("Jean-Luc O'Hara");
  });
});
