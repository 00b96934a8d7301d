import { describe, expect, it } from "vitest";
import { z } from "zod";
import { lifeMemorySchema, questionnaireSchema } from "./character.js";
import { problemLine } from "./problem.js";
import { parseTolerantly } from "./tolerant-parse.js";

const memory = (key: string) => ({ key, content: "c", thinking: "t", emotion: "e", summary: "s" });
const memories = z.array(lifeMemorySchema);

describe("parseTolerantly", () => {
  it("returns what is right unchanged and without problems", () => {
    const input = [memory("1"), memory("2")];
    expect(parseTolerantly("m.json", input, memories)).toEqual({ value: input, problems: [] });
  });

  it("leaves out an entry that lacks several things, and no other", () => {
    const input = [
      memory("1"),
      { key: "2" },
      memory("3"),
      { ...memory("4"), emotion: undefined },
      memory("5"),
    ];
    const { value, problems } = parseTolerantly("m.json", input, memories);
    expect(value?.map(({ key }) => key)).toEqual(["1", "3", "5"]);
    expect(problems.map(problemLine)).toEqual([
      "m.json, entry 2 > content: is missing",
      "m.json, entry 2 > thinking: is missing",
      "m.json, entry 2 > emotion: is missing",
      "m.json, entry 2 > summary: is missing",
      "m.json, entry 4 > emotion: is missing",
    ]);
  });

  it("keeps an entry of which only an optional part is broken", () => {
    const { value, problems } = parseTolerantly(
      "m.json",
      [{ ...memory("1"), importance: 3, paragraphs: [1] }],
      memories,
    );
    expect(value).toEqual([memory("1")]);
    expect(problems.map(problemLine)).toEqual([
      "m.json, entry 1 > importance: should be at most 1, but is 3",
      "m.json, entry 1 > paragraphs: should hold at least 2 entries, but holds 1",
    ]);
  });

  it("reports checks of ours, wrong letters and wrong counts in words", () => {
    const choice = { question: "q", options: ["a", "b", "c", "d", "e", "f"] };
    const input = {
      multipleChoice: [
        { ...choice, keys: ["A", "A", "B"] },
        { ...choice, keys: ["A", "B", "C"] },
      ],
      singleChoice: [{ question: "q", options: ["a", "b"], key: "Z" }],
    };
    const { value, problems } = parseTolerantly("q.json", input, questionnaireSchema);
    expect(value).toEqual({
      cloze: [],
      singleChoice: [],
      multipleChoice: [{ ...choice, keys: ["A", "B", "C"] }],
    });
    expect(problems.map(problemLine)).toEqual([
      "q.json, singleChoice > entry 1 > options: should hold exactly 4 entries, but holds 2",
      'q.json, singleChoice > entry 1 > key: should be the letter of an option, but is the text "Z"',
      "q.json, multipleChoice > entry 1 > keys: a right option is named twice: a list",
    ]);
  });

  it("has no value when the whole is of another kind", () => {
    const { value, problems } = parseTolerantly("m.json", "nothing", memories);
    expect(value).toBeUndefined();
    expect(problems).toEqual([
      {
        file: "m.json",
        reason: 'should be a list (in square brackets), but is the text "nothing"',
        kind: "broken",
      },
    ]);
  });

  it("reports what the strict schema asks for and keeps what the other can do without", () => {
    const strict = z.object({ name: z.string(), age: z.number() });
    const schema = strict.partial().required({ name: true });
    const { value, problems } = parseTolerantly("p.json", { name: "Ada" }, schema, strict);
    expect(value).toEqual({ name: "Ada" });
    expect(problems.map(problemLine)).toEqual(["p.json, age: is missing"]);
  });

  it("names once what no schema knows", () => {
    const input = [
      { ...memory("1"), mood: "x" },
      { ...memory("2"), mood: "y" },
    ];
    const { problems } = parseTolerantly("m.json", input, memories);
    expect(problems.map(({ key, kind }) => [key, kind])).toEqual([["entries > mood", "ignored"]]);
  });
});
