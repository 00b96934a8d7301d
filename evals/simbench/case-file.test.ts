import { describe, expect, it } from "vitest";
import { tinyLines, withFile } from "../../dev/doubles/evals/tiny-file.js";
import { casesOf, readCaseFile } from "./case-file.js";
import { chosenCases } from "./chosen-cases.js";
import { fillPlaceholders } from "./fill-placeholders.js";
import type { GroupCase } from "./group-case.js";
import { readOptions } from "./read-options.js";

describe("a file of cases", () => {
  it("is read with its placeholders filled, its options and the sizes that are known", async () => {
    const cases = await withFile(tinyLines, casesOf);
    expect(cases.map(({ group, groupSize }) => [group, groupSize])).toEqual([
      ["The year is 2023. You are from Liberia.", 2],
      ["The year is 2023. You are from Niger. You are 30-49 years old.", null],
      ["You are an online worker.", 10],
    ]);
    expect(cases[1]?.options).toEqual([
      { label: "A", text: "Flat" },
      { label: "B", text: "On its edge" },
      { label: "C", text: "Don’t know" },
    ]);
    expect(cases[1]?.groupedBy).toEqual({ country: "Niger", age: "30-49" });
  });

  it("names what is wrong by line and goes on", async () => {
    const [first = {}, second = {}] = tinyLines;
    const lines = [
      first,
      "{ not json",
      "",
      { ...first, human_answer: { A: 80, B: -1 } },
      { ...second, human_answer: { A: 50, D: 50 } },
      { ...first, dataset_name: undefined },
      { ...first, human_answer: {} },
    ];
    const { cases, problems } = await withFile(lines, readCaseFile);
    expect(cases).toHaveLength(1);
    expect(problems).toEqual([
      "line 2: is not one JSON value",
      "line 4, human_answer > B: should be at least 0, but is -1",
      'line 5, input_template: has no line "(D): …" for an option of human_answer',
      "line 6, dataset_name: is missing",
      "line 7, human_answer: names no option",
    ]);
    await expect(withFile(lines, casesOf)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("cases.jsonl, line 2: is not one JSON value."),
    });
    await expect(casesOf("/nowhere/cases.jsonl")).rejects.toMatchObject({ code: "invalid_input" });
    expect((await withFile([""], readCaseFile)).problems).toEqual(["there is no case in it"]);
  });

  it("may keep groups of values as a table does, and the same case twice", async () => {
    const [first = {}] = tinyLines;
    const asText = {
      ...first,
      group_prompt_template: "You are from {country}.",
      group_prompt_variable_map: `{'country': "Côte d'Ivoire"}`,
      human_answer: "{'A': 21.5, 'B': 78.5}",
    };
    const cases = await withFile([`\uFEFF${JSON.stringify(asText)}`, asText], casesOf);
    expect(cases[0]).toMatchObject({ group: "You are from Côte d'Ivoire.", human: { A: 21.5, B: 78.5 } });
    expect(cases[1]?.id).toBe(`${cases[0]?.id}-2`);
  });
});

it("placeholders are filled once: what a value brings along is text", () => {
  expect(fillPlaceholders("{a} {b} {c} $&", { a: "{b}", b: "$& $1" })).toBe("{b} $& $1 {c} $&");
});

it("options stand after the last heading, may have several lines, and are marked at a line's start only", () => {
  const question =
    "Joke:\n(A): not this one (B): nor this\n\nOptions:\n(A): Stay (B): no option\nDead:\n * 3 women\n(B): Swerve";
  expect(readOptions(question, ["A", "B"])).toEqual({
    options: [
      { label: "A", text: "Stay (B): no option\nDead:\n * 3 women" },
      { label: "B", text: "Swerve" },
    ],
  });
  expect(readOptions(question, ["A", "B", "C"])).toEqual({ missing: ["C"] });
});

it("a limited run asks every data set in its proportion, the same cases for a seed, and a higher limit keeps them", () => {
  const of = (dataset: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: `${dataset}-${at}`, dataset }) as GroupCase);
  const all = [...of("large", 60), ...of("small", 30)];
  const ids = (limit: number, seed = "1") => chosenCases(all, limit, seed).map(({ id }) => id);
  expect(ids(9).filter((id) => id.startsWith("large"))).toHaveLength(6);
  expect(ids(9)).toEqual(ids(9));
  expect(ids(9)).not.toEqual(ids(9, "2"));
  expect(ids(30)).toEqual(expect.arrayContaining(ids(9)));
  expect(ids(1000)).toHaveLength(90);
});
