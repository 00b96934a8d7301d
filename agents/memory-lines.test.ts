import { expect, it } from "vitest";
import { exampleCharacter } from "../dev/doubles/data/example-character.js";
import type { RecalledMemory } from "../memory/recalled-memory.js";
import { countTokens } from "../models/index.js";
import { memoryLines } from "./memory-lines.js";

const parts = { lexical: 1, dense: 0, priors: 0, support: 1 };
const life = (text: string, more: Partial<RecalledMemory> = {}): RecalledMemory => ({
  id: "life/001",
  kind: "life",
  text,
  score: 1,
  parts,
  source: { kind: "story", chunk: 1, paragraphs: [1, 1] },
  ...more,
});
const born = exampleCharacter({ profile: { hobbies: [], shortTermGoals: [], dateOfBirth: "1972-09-01" } });
const lines = (memories: RecalledMemory[], asked = "", tokens = 300, thread = "now") =>
  memoryLines({
    memories,
    asked,
    character: born,
    thread,
    now: new Date("2026-01-20T12:00:00Z"),
    timeZone: "UTC",
    tokens,
    countTokens,
  });

it("shows of a long memory the sentences that were asked for", () => {
  const text =
    "We moved into the pilot house in the spring. The roof leaked for two years and nobody came. My brother Arne painted the shutters green. In the autumn the well went dry. A cat had kittens behind the stove, and we kept the grey one.";
  const shown = lines([life(text)], "Who painted the shutters?\nmy brother Arne", 30);
  expect(shown).toContain("Arne painted the shutters green.");
  expect(shown).toContain("…");
  expect(countTokens(shown)).toBeLessThanOrEqual(36);
});

it("adds what was felt and thought only where there is room", () => {
  const memory = life("I sold the boat.", { emotion: "I felt empty.", thinking: "It had to be." });
  expect(lines([memory])).toBe("- I sold the boat. (I felt: empty. / I thought: It had to be.)");
  expect(lines([memory], "", 8)).toBe("- I sold the boat.");
});

it.each([
  ["In 1990 I took over the ferry.", "[1990, aged about 17] "],
  ["In 1990 I took over the ferry, eighteen and proud: I was eighteen.", ""],
  ["From 1990 to 1998 I steered the ferry.", ""],
  ["In 1871 the harbour was built.", ""],
])("tells how old the person was where the text tells one year of the life: %s", (text, label) =>
  expect(lines([life(text)])).toBe(`- ${label}${text}`),
);

it("tells when something was said, and what is from this very talk", () => {
  const said = (thread: string) =>
    life("Ben: My chain broke.", {
      kind: "short",
      at: "2026-01-06T10:00:00Z",
      source: { kind: "thread", thread, turns: [1, 1] },
    });
  expect(lines([said("then")])).toBe(
    "- [from a talk two weeks ago, on Tuesday, 6 January] Ben: My chain broke.",
  );
  expect(lines([said("now")])).toBe("- [from earlier in this talk] Ben: My chain broke.");
});
