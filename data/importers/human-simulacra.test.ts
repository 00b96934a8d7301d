import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DataSetFiles, dataSetFiles, writeDataSet } from "../../dev/doubles/data/published-data-set.js";
import { characterSchema } from "../character.js";
import { problemLine } from "../problem.js";
import { importHumanSimulacra } from "./human-simulacra.js";

let clone: string;
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "data-set-"));
});
afterEach(() => rm(clone, { recursive: true }));

async function importWith(change: (files: DataSetFiles) => void) {
  const files = dataSetFiles();
  change(files);
  await writeDataSet(join(clone, "LLMP", "Characters"), files);
  const { characters, problems } = await importHumanSimulacra(clone);
  for (const character of characters) characterSchema.parse(character);
  return { characters, lines: problems.map(problemLine) };
}

type Change = (files: DataSetFiles) => void;
type Sheets = Record<string, unknown>[];
type Memories = Record<string, { Memory: Record<string, unknown> } | undefined>;

describe("importHumanSimulacra", () => {
  it("reads everything of everyone", async () => {
    const { characters, lines } = await importWith(() => {});
    expect(lines).toEqual([]);
    expect(characters.map(({ id }) => id)).toEqual(["ann-ray", "bo-lind"]);
    expect(characters[1]).toEqual({
      id: "bo-lind",
      name: "Bo Lind",
      profile: {
        age: 31,
        gender: "female",
        dateOfBirth: "1990-03-04",
        occupation: "baker",
        hobbies: ["chess", "long walks"],
        family: "low-income, nuclear family",
        education: "have completed high school",
        shortTermGoals: ["sleeping more", "baking less"],
        longTermGoal: "owning a mill",
      },
      personality: { traits: ["I get up early.", "I dislike noise - mostly.", "Is that so bad?"] },
      biography: "Bo Lind bakes bread.\n\nIt is good bread.",
      story: "one\n\nthree\n\nfour",
      memories: [
        {
          key: "001",
          content: "Content 1.",
          thinking: "Thinking 1.",
          emotion: "Emotion 1.",
          summary: "Summary 1.",
          paragraphs: [1, 1],
        },
        {
          key: "002",
          content: "Content 2.",
          thinking: "Thinking 2.",
          emotion: "Emotion 2.",
          summary: "Summary 2.",
          paragraphs: [2, 3],
        },
      ],
      questionnaire: {
        cloze: [{ question: "Cloze of Bo Lind?", answers: ["Bo Lind"] }],
        singleChoice: [
          { question: "Single_choice of Bo Lind?", options: ["one", "two", "three", "four"], key: "B" },
        ],
        multipleChoice: [
          {
            question: "Multiple_choices of Bo Lind?",
            options: ["a", "b", "c", "d", "e", "f"],
            keys: ["A", "C", "F"],
          },
        ],
      },
      scenarios: [{ scenario: "You oversleep." }],
      source: {
        origin: "Human Simulacra data set (Xie et al. 2025)",
        licence: "CC BY-NC-SA 4.0",
        key: "002",
      },
      aliases: [],
    });
  });

  it.each<[string, Change, string[], (person: Record<string, unknown>) => unknown, unknown]>([
    [
      "a memory file that is not JSON",
      (files) => {
        files["Memories/Ann Ray/long_memory.json"] = '{"001": {';
      },
      ["Memories/Ann Ray/long_memory.json: is not valid JSON: the file ends too early"],
      ({ memories }) => memories,
      [],
    ],
    [
      "a memory without emotion",
      (files) => {
        delete (files["Memories/Ann Ray/long_memory.json"] as Memories)["001"]?.Memory.Emotion;
      },
      ["Memories/Ann Ray/long_memory.json, 001 > Memory > Emotion: is missing"],
      ({ memories }) =>
        (memories as { key: string; paragraphs: unknown }[]).map(({ key, paragraphs }) => [key, paragraphs]),
      [["002", [3, 3]]],
    ],
    [
      "an age in quotes and a missing occupation",
      (files) => {
        const [ann] = files["character_profiles.json"] as Sheets;
        Object.assign(ann ?? {}, { Age: "30" });
        delete ann?.Occupation;
      },
      [
        'character_profiles.json, Ann Ray > Age: should be a number (without quotes), but is the text "30"',
        "character_profiles.json, Ann Ray > Occupation: is missing",
      ],
      ({ profile }) => Object.keys(profile as object),
      ["gender", "dateOfBirth", "hobbies", "family", "education", "shortTermGoals", "longTermGoal"],
    ],
    [
      "a story that is not UTF-8",
      (files) => {
        files["Stories/Ann Ray/Ann Ray.txt"] = Buffer.from("one\ncaf\xe9\n", "latin1");
      },
      [
        "Stories/Ann Ray/Ann Ray.txt: is not UTF-8 (first unreadable character in line 2): save it again as UTF-8",
      ],
      ({ story }) => story,
      undefined,
    ],
    [
      "a missing file",
      (files) => {
        delete files["Questions/Ann Ray/Cloze.json"];
      },
      ["Questions/Ann Ray/Cloze.json: there is no such file"],
      ({ questionnaire }) =>
        (questionnaire as { cloze: unknown; singleChoice: unknown[] }).singleChoice.length,
      1,
    ],
    [
      "questions with too few options, an unknown letter, and no text",
      (files) => {
        files["Questions/Ann Ray/Single_choice.json"] = [
          { question: "q", options: ["A. a", "B. b"], answer: ["A"] },
          { question: "q", options: ["A. a", "B. b", "C. c", "D. d"], answer: ["F"] },
          { question: "", options: ["A. a", "B. b", "C. c", "D. d"], answer: ["A"] },
          { options: ["A. a"], answer: "A" },
        ];
      },
      [
        "Questions/Ann Ray/Single_choice.json, entry 1 > options: should hold exactly 4 entries, but holds 2",
        'Questions/Ann Ray/Single_choice.json, entry 2 > answer: should be the letter of an option, but is the text "F"',
        "Questions/Ann Ray/Single_choice.json, entry 3 > question: is empty",
        "Questions/Ann Ray/Single_choice.json, entry 4 > question: is missing",
        'Questions/Ann Ray/Single_choice.json, entry 4 > answer: should be a list (in square brackets), but is the text "A"',
      ],
      ({ questionnaire }) => (questionnaire as { singleChoice: unknown }).singleChoice,
      [],
    ],
    [
      "an index that says something else",
      (files) => {
        files["Memories/Ann Ray/index.json"] = { "001": "Another.", "003": "Three." };
      },
      [
        "Memories/Ann Ray/index.json, 001: is another summary than in long_memory.json, whose summary is kept",
        "Memories/Ann Ray/index.json, 002: is missing; the summary in long_memory.json is kept",
        "Memories/Ann Ray/index.json, 003: is not in long_memory.json",
      ],
      ({ memories }) => (memories as unknown[]).length,
      2,
    ],
    [
      "a photograph",
      (files) => {
        Object.assign((files["character_profiles.json"] as Sheets)[0] ?? {}, { Photo: "ann.png", Shoe: 41 });
      },
      [
        "character_profiles.json, Ann Ray > Shoe: is not a name this program knows (a typing error?), so it is not kept",
        "character_profiles.json, Ann Ray > Photo: has no place in a character, so it is not kept",
      ],
      ({ name }) => name,
      "Ann Ray",
    ],
  ])("reports %s by file and key, and imports the rest", async (_what, change, expected, pick, value) => {
    const whole = dataSetFiles();
    const { characters, lines } = await importWith(change);
    expect(lines).toEqual(expected);
    expect(characters.map(({ name }) => name)).toEqual(["Ann Ray", "Bo Lind"]);
    expect(pick(characters[0] as unknown as Record<string, unknown>)).toEqual(value);
    expect(characters[1]?.memories).toHaveLength(
      Object.keys(whole["Memories/Bo Lind/long_memory.json"] as object).length,
    );
  });

  it("knows people by their other files when the profiles cannot be read", async () => {
    const { characters, lines } = await importWith((files) => {
      files["character_profiles.json"] = "[";
    });
    expect(lines).toEqual([
      "character_profiles.json: is not valid JSON: the file ends too early",
      "character_profiles.json, Ann Ray: has no profile that can be read",
      "character_profiles.json, Bo Lind: has no profile that can be read",
    ]);
    expect(characters[0]).toMatchObject({
      profile: { hobbies: [] },
      personality: { traits: { length: 3 } },
      source: { key: "001" },
    });
  });

  it("imports nobody twice, and says who stands there twice", async () => {
    const { characters, lines } = await importWith((files) => {
      const sheets = files["character_profiles.json"] as Sheets;
      sheets.push(
        { ...sheets[0], Occupation: "diver" },
        { ...sheets[0], Name: "Ann_Ray", Occupation: "diver" },
      );
    });
    expect(characters.map(({ id }) => id)).toEqual(["ann-ray", "bo-lind"]);
    expect(characters[0]?.profile.occupation).not.toBe("diver");
    expect(lines).toContain(
      "character_profiles.json, Ann Ray: stands here twice; only the first is imported",
    );
    expect(lines).toContain(
      "character_profiles.json, Ann_Ray: is ann-ray, as Ann Ray is; only the first is imported",
    );
  });

  it("does not follow a name out of the data set", async () => {
    const { characters, lines } = await importWith((files) => {
      Object.assign((files["character_profiles.json"] as Sheets)[0] ?? {}, { Name: "../../Ann Ray" });
    });
    expect(characters.map(({ name }) => name)).toEqual(["Bo Lind", "Ann Ray"]);
    expect(lines.join("\n")).toContain("path separator");
  });

  it("finds the data set from every place a user might name, and one person in it", async () => {
    await importWith(() => {});
    for (const place of ["", "LLMP", "LLMP/Characters"])
      expect((await importHumanSimulacra(join(clone, place))).characters).toHaveLength(2);
    for (const place of ["LLMP/Bo Lind", "LLMP/Characters/bo_lind", "LLMP/Characters/Stories/Bo Lind"]) {
      const { characters, problems } = await importHumanSimulacra(join(clone, place));
      expect([characters.map(({ name }) => name), problems]).toEqual([["Bo Lind"], []]);
    }
    await expect(importHumanSimulacra(join(clone, "LLMP/Characters/Bo Land"))).rejects.toThrow(
      "Did you mean Bo Lind?",
    );
    await expect(importHumanSimulacra(join(tmpdir()))).rejects.toMatchObject({ code: "import_failed" });
  });
});
