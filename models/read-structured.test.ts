import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readStructured } from "./read-structured.js";

const schema = z.object({
  note: z.string().min(1).max(60),
  weight: z.number().min(0).max(1),
  pull: z.number().min(-1).max(1),
  urgent: z.boolean(),
  topics: z.array(z.string().max(40)).min(1).max(3),
  mood: z.enum(["calm", "stirred"]).nullable().optional(),
});
const accepts = schema.extend({
  weight: schema.shape.weight.optional().catch(undefined),
  topics: schema.shape.topics.catch([]),
});
const right = { note: "wants bread", weight: 0.3, pull: -0.2, urgent: false, topics: ["bread", "shop"] };
const read = (raw: string, calls?: unknown[]) => readStructured(raw, { schema, accepts: schema }, calls);
const json = (more: object = {}) => JSON.stringify({ ...right, ...more });

describe("a structured reply", () => {
  it.each([
    ["a name in brackets before it", `[Clara, aside]: ${json()}`],
    ["a footnote before it", `See [2] and [3]. ${json()}`],
    ["a draft before it", `${json({ note: "draft", weight: 0.9 })}\n\nOn reflection:\n${json()}`],
    ["a draft without numbers before it", `{"note": "hm", "weight": "?"} so: ${json()}`],
    [
      "a draft in a fence before it",
      `\`\`\`json\n{"note":"first"}\n\`\`\`\nbetter\n\`\`\`\n${json()}\n\`\`\``,
    ],
    ["a doubled bracket", `{${json()}}`],
    ["one bracket too many", `${json()}}]`],
    ["the wrong bracket at its end", json().replace(/\}$/u, "]")],
    ["round brackets", `(${json().slice(1, -1)})`],
    ["no brackets", json().slice(1, -1)],
    ["the call of a tool around it", `<tool_call>{"name":"take_note","arguments":${json()}}</tool_call>`],
    ["arguments as text", JSON.stringify({ function: { name: "note", arguments: json() } })],
    [
      "a list of calls",
      JSON.stringify({ tool_calls: [{ type: "function", function: { arguments: json() } }] }),
    ],
    ["an outer key", JSON.stringify({ response: { note: right } })],
    [
      "a remark and a trailing comma",
      json().replace("}", ", // done\n}").replace('"urgent"', '/* no */ "urgent"'),
    ],
    ["single quotes", json().replaceAll('"', "'")],
    ["quotes of print", json().replaceAll('"', "”").replaceAll("[”", "[“")],
    ["a line break inside a text", json().replace("wants bread", "wants\nbread").replace("\\n", "\n")],
    ["keys in capitals", json().replace(/"(\w+)":/gu, (_, key: string) => `"${key.toUpperCase()}":`)],
    ["keys in words", json().replace('"urgent"', '"Urgent "').replace('"weight"', '"_weight"')],
    [
      "lines in place of JSON",
      "Note: wants bread\n- **Weight**: 0.3\npull = -0.2\nUrgent: no\ntopics: bread",
    ],
  ])("is read with %s", (_what, reply) => {
    const note = expect.stringMatching(/^wants\s+bread$/u);
    expect(read(reply)).toMatchObject({ value: { note, weight: 0.3, pull: -0.2, urgent: false } });
  });

  it("is read in full-width punctuation", () => {
    const reply =
      "｛“note”：“想买面包，今天”，“weight”：“０．３”，“pull”：-0.2，“urgent”：false，“topics”：［“面包”，“店”］｝";
    expect(read(reply)).toEqual({
      value: { ...right, note: "想买面包，今天", topics: ["面包", "店"] },
    });
  });

  it("is taken from a tool that was called though none was offered", () => {
    expect(read("", [right])).toEqual({ value: right });
  });

  it.each<[object, object]>([
    [{ weight: "0.3" }, { weight: 0.3 }],
    [{ weight: "+.3" }, { weight: 0.3 }],
    [{ weight: "30 %" }, { weight: 0.3 }],
    [{ weight: "0,3" }, { weight: 0.3 }],
    [{ weight: "3/10" }, { weight: 0.3 }],
    [{ weight: "0.3 (a little)" }, { weight: 0.3 }],
    [{ weight: 3 }, { weight: 0.3 }],
    [{ weight: 30 }, { weight: 0.3 }],
    [{ weight: 1.2 }, { weight: 1 }],
    [{ weight: 5000 }, { weight: 1 }],
    [{ weight: -0.1 }, { weight: 0 }],
    [{ weight: "low" }, { weight: 0.25 }],
    [{ pull: "−0.7" }, { pull: -0.7 }],
    [{ pull: -7 }, { pull: -0.7 }],
    [{ pull: "negative" }, { pull: -0.5 }],
    [{ pull: "Neutral." }, { pull: 0 }],
    [{ urgent: "True" }, { urgent: true }],
    [{ urgent: "no" }, { urgent: false }],
    [{ urgent: 1 }, { urgent: true }],
    [{ topics: "bread" }, { topics: ["bread"] }],
    [{ topics: "- bread\n- shop" }, { topics: ["bread", "shop"] }],
    [{ topics: { 1: "bread", 2: "shop" } }, { topics: ["bread", "shop"] }],
    [{ topics: [{ topic: "bread" }, null, ""] }, { topics: ["bread"] }],
    [{ topics: ["a", "b", "c", "d", "e"] }, { topics: ["a", "b", "c"] }],
    [{ note: ["wants", "bread"] }, { note: "wants bread" }],
    [
      { note: `${"word ".repeat(40)}` },
      { note: "word word word word word word word word word word word word" },
    ],
    [{ mood: "CALM." }, { mood: "calm" }],
    [{ mood: "none" }, { mood: null }],
  ])("is taken as it is meant: %j", (more, meant) => {
    expect(read(json(more))).toMatchObject({ value: meant });
  });

  it.each([{ weight: "purple" }, { urgent: "perhaps" }, { topics: [] }, { note: "" }])(
    "is asked for again where nobody can tell what is meant: %j",
    (more) => {
      expect(read(json(more))).toHaveProperty("problem");
    },
  );

  it("is taken with less where less will do, but what was asked for comes first", () => {
    const less = json({ weight: "?", topics: [] });
    expect(readStructured(less, { schema, accepts })).toMatchObject({
      value: { note: "wants bread", topics: [] },
    });
    expect(readStructured(`${json()} ${less}`, { schema, accepts })).toMatchObject({ value: right });
    expect(readStructured("{my} words", { schema, accepts })).toHaveProperty("problem");
  });

  it("does not take a number that stands for nothing in a list", () => {
    const outdated = z.object({ outdated: z.array(z.number().int().min(1)).max(5) });
    const wanted = { schema: outdated, accepts: outdated };
    expect(readStructured('{"outdated": [0, "2", 3.0, "x"]}', wanted)).toEqual({
      value: { outdated: [2, 3] },
    });
  });
});

it("takes time linear in the length of the worst reply", () => {
  const parts = [
    '{"note":"',
    "{[",
    "[{}]",
    "{“",
    "“：",
    "```",
    "``` {",
    "{'a': 'it's, ",
    "{a:b,",
    "+1,[",
    "a:",
    '{"note":{"note":',
  ];
  const times = parts.map((part) => {
    const reply = part.repeat(Math.ceil(100_000 / part.length));
    const start = performance.now();
    read(reply);
    return performance.now() - start;
  });
  // 100 ms on an idle machine; tests share theirs.
  expect(Math.max(...times)).toBeLessThan(1_000);
});
