import { describe, expect, it } from "vitest";
import { cardIn } from "./disguised-card.js";
import { nameOfStory } from "./name-of-story.js";

describe("nameOfStory", () => {
  it.each([
    ["Marie-Claire Duval.md", "I sow.", "Marie-Claire Duval"],
    ["pia-lund.txt", "I sow.", "pia lund"],
    ["pia.txt", "I sow. They call me Pia Lund.", "Pia Lund"],
    ["*Pia Lund*.md", "I sow.", "Pia Lund"],
    ["Pia Lund.odt.txt", "I sow.", "Pia Lund"],
    ["my story.txt", "My name is Pia Lund and I sow.", "Pia Lund"],
  ])("of %s", (file, text, name) => expect(nameOfStory(file, text)).toBe(name));
});

describe("cardIn", () => {
  it.each([
    '{"spec":"chara_card_v2","data":{"name":"Pia"}}',
    '[character("Pia") {\nMind("calm")\n}]',
    "Name: Pia\nAge: 40\nPersonality: calm\nLikes: rye",
    "{{char}}: *waves* Hello.\n{{user}}: Hi.",
    "[Pia's personality: calm, kind; Pia's clothes: apron]",
  ])("knows a card %#", (text) => expect(cardIn(text)).toContain("character card"));

  it("lets a life be a life", () => {
    expect(cardIn("Name: Pia Lund\n\nI was born in Dover.\n\nI sow rye.\n\nI reap.")).toBeUndefined();
  });
});
