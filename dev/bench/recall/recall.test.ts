import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { foreignQuestions, withTypo } from "./changed-questions.js";
import { readConversations, readSessionDate } from "./locomo.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recall-bench-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const turn = (id: string, speaker: string, text: string) => ({ dia_id: id, speaker, text });
const harbour = {
  speaker_a: "Ann",
  speaker_b: "Bob",
  session_1_date_time: "1:56 pm on 8 May, 2023",
  session_1: [
    turn("D1:1", "Ann", "Hey Bob! I bought a canoe yesterday."),
    turn("D1:2", "Bob", "Lovely! I am learning the clarinet."),
    { ...turn("D1:3", "Ann", "Look at this"), blip_caption: "a photo of a lighthouse" },
  ],
  qa: [
    { question: "When did Ann buy a canoe?", answer: "7 May 2023", evidence: ["D1:1"], category: 2 },
    { question: "Which instrument does Bob learn?", answer: "clarinet", evidence: ["D1:2"], category: 4 },
    { question: "When did Bob buy a canoe?", evidence: ["D1:1"], category: 5 },
  ],
};
const broken = {
  speaker_a: "Cy",
  speaker_b: "Di",
  session_1: [turn("D1:1", "Cy", "The orchard burned down."), { speaker: "Di" }, turn("D1:3", "Di", "")],
  session_2: "lost",
  session_4_date_time: "some day",
  session_4: [turn("D4:1", "Di", "We planted plums after the fire.")],
  qa: [
    { question: "What burned down for Cy?", evidence: ["D1:1; D4:1", "D9:9"], category: 1 },
    { question: "What did Di plant?", evidence: ["D4:01"], category: 4 },
    { question: "No evidence for Di?", evidence: [], category: 4 },
    { question: 7 },
  ],
};
const write = (name: string, value: unknown) =>
  writeFile(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));

describe("readConversations", () => {
  it("reads what can be read of a malformed folder, and counts the rest", async () => {
    await write("1.json", harbour);
    await write("2.json", broken);
    await write("3.json", "{");
    await write("4.json", { qa: [] });
    await write("5.json", [{ sample_id: "x", conversation: { ...harbour, qa: undefined }, qa: harbour.qa }]);
    await write("notes.txt", "not read");
    const { conversations, skipped } = await readConversations(folder);
    expect(conversations.map(({ name, turns, questions }) => [name, turns.length, questions.length])).toEqual(
      [
        ["1", 3, 3],
        ["2", 2, 3],
        ["5", 3, 3],
      ],
    );
    expect(conversations[1]?.questions[0]?.evidence).toEqual(["D1:1", "D4:1"]);
    expect(conversations[1]?.questions[1]?.evidence).toEqual(["D4:1"]);
    expect(conversations[0]?.turns[2]?.text).toBe("Look at this (a photo of a lighthouse)");
    expect(skipped).toEqual({ files: 2, turns: 2, questions: 1, evidenceIds: 1 });
  });

  it("names the folder where there is nothing to read", async () => {
    await expect(readConversations(folder)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(readConversations(join(folder, "missing"))).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("reads the time of a session", () => {
    expect(readSessionDate("1:56 pm on 8 May, 2023")?.toISOString()).toBe("2023-05-08T13:56:00.000Z");
    expect(readSessionDate("soon")).toBeUndefined();
    expect(readSessionDate(undefined)).toBeUndefined();
  });
});

describe("changed questions", () => {
  it("swap two neighbouring letters of the longest content word, not of a name", () => {
    expect(withTypo("When did Annabella buy a canoe?", ["Annabella"])).toBe(
      "When did Annabella buy a cnaoe?",
    );
    expect(withTypo("Who is it?", [])).toBe("Who is it?");
  });

  it("put the other conversations' questions to these speakers", async () => {
    await write("1.json", harbour);
    await write("2.json", broken);
    const { conversations } = await readConversations(folder);
    const [first] = conversations;
    expect(foreignQuestions(first!, conversations)).toEqual([
      "What burned down for Ann?",
      "What did Bob plant?",
    ]);
  });
});

describe("bench recall", () => {
  it("prints one JSON document with every figure", async () => {
    await write("1.json", harbour);
    await write("2.json", broken);
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...["--import", "tsx", main, "recall", "--data", folder, "--json"],
    ]);
    const report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual(["bm25", "naive", "lexical", "encoder", "nothingRelevant", "typo"]);
    for (const quality of [report.bm25, report.naive, report.lexical, report.encoder]) {
      expect(Object.keys(quality)).toEqual(["n", "r1", "r5", "r10", "r20", "mrr"]);
      expect(quality.n).toBe(4);
    }
    expect(report.lexical.r5).toBe(1);
    expect(report.typo).toEqual({ n: 4, r5: 1 });
    expect(report.nothingRelevant.foreign).toBeGreaterThan(0.5);
    expect(report.nothingRelevant.wrongPerson).toBeGreaterThan(0.5);
  }, 30_000);
});
