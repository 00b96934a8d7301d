import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RECALL_LIMIT } from "../../agents/answer-defaults.js";
import { type Character, characterSchema } from "../../data/character.js";
import { memoryFolder } from "../../data/home-folder.js";
import { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { LexicalEmbeddings, resolveChatModel } from "../../models/index.js";
import { OFFLINE_ANSWERS_VERSION } from "../../models/offline/offline-chat-model.js";
import { SubjectOpener } from "./open-subjects.js";
import { modelIdentity } from "./prompt-hash.js";
import { SimulacrumSubject } from "./simulacrum-subject.js";

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "versions-"));
});
afterAll(() => rmSync(home, { recursive: true }));

const memory = {
  key: "boat",
  content: "I painted the boat green.",
  thinking: "Green is for the river.",
  emotion: "I was glad.",
  summary: "The boat.",
};
const given = { id: "anna", name: "Anna", biography: "Anna lives on a boat.", memories: [memory] };
const anna = characterSchema.parse(given);
const named = { embeddings: new LexicalEmbeddings(), id: `lexical-${LexicalEmbeddings.dimensions}` };

async function versionOf(
  character: Character,
  { method = "macm" as const, temperature = 0.5, folder = undefined as string | undefined } = {},
): Promise<string> {
  const opener = new SubjectOpener({
    characters: [character],
    chatModel: (_name, options) =>
      resolveChatModel("openai:some", {
        temperature,
        env: {
          OPENAI_API_KEY: `sk-${Math.random()}`,
          OPENAI_BASE_URL: `http://127.0.0.1:1/${Math.random()}`,
        },
        ...options,
      }),
    embeddings: async () => named,
    ...(folder !== undefined && { memoryHome: (id: string) => memoryFolder(folder, id) }),
  });
  const subject = await opener.open({ kind: "simulacrum", character: "anna", method, model: "openai:some" });
  const { version } = subject;
  await subject.close();
  await opener.close();
  return version;
}

describe("the version of a subject", () => {
  it("is the same for the same, wherever its server stands and whatever the key", async () => {
    expect(await versionOf(anna)).toBe(await versionOf(anna));
  });

  it("is another with another biography, temperature, or feeling in a memory of the same words", async () => {
    const sad = { ...given, memories: [{ ...memory, emotion: "I was sad." }] };
    const versions = await Promise.all([
      versionOf(anna),
      versionOf({ ...anna, biography: "Anna lives in a house." }),
      versionOf(anna, { temperature: 0 }),
      versionOf(characterSchema.parse(sad)),
    ]);
    expect(new Set(versions).size).toBe(versions.length);
  });

  it("is the same whether a default is stated or not, and another with another setting", async () => {
    const versions: string[] = [];
    for (const more of [{}, { recallLimit: RECALL_LIMIT, contextTokens: 4096 }, { recallLimit: 9 }]) {
      const model = await resolveChatModel("offline");
      const subject = await SimulacrumSubject.open({
        ...{ character: anna, method: "macm", model, embeddings: named.embeddings, embeddingModel: named.id },
        ...more,
      });
      versions.push(subject.version);
      await subject.close();
    }
    const [unstated, stated, other] = versions;
    expect(stated).toBe(unstated);
    expect(other).not.toBe(unstated);
  });

  it("is another where another threshold of relevance was calibrated", async () => {
    const versions: string[] = [];
    for (const embedQuery of [
      named.embeddings.embedQuery,
      () => Promise.reject(new Error("no connection")),
    ]) {
      const embeddings = { embedQuery, embedDocuments: named.embeddings.embedDocuments };
      const subject = await SimulacrumSubject.open({
        ...{ character: anna, method: "macm", model: await resolveChatModel("offline") },
        ...{ embeddings, embeddingModel: named.id },
      });
      versions.push(subject.version);
      await subject.close();
    }
    expect(versions[0]).not.toBe(versions[1]);
  });

  it("holds the version of the offline model's answers", async () => {
    const { parameters } = modelIdentity(await resolveChatModel("offline"));
    expect(parameters).toEqual({ answersVersion: OFFLINE_ANSWERS_VERSION });
  });

  it("does not change with a questionnaire or a licence, which the simulacrum never sees", async () => {
    const questionnaire = { cloze: [{ question: "I paint my boat ____.", answers: ["green"] }] };
    const asked = characterSchema.parse({ ...given, questionnaire, source: { licence: "CC0" } });
    expect(await versionOf(asked)).toBe(await versionOf(anna));
  });

  it("does not change with what is said in chats between two runs", async () => {
    const before = await versionOf(anna, { folder: home });
    const chat = await createSimulacrum({
      character: anna,
      method: "macm",
      model: await resolveChatModel("offline"),
      home: memoryFolder(home, "anna"),
      memoryMode: "persist",
      contextTokens: 4096,
      embeddings: named.embeddings,
      embeddingModel: named.id,
    });
    const held = (await chat.memory.list()).length;
    for (let turn = 1; turn <= 40 && (await chat.memory.list()).length === held; turn++)
      await chat.ask(
        `Number ${turn}: ${"the river was high and the lock keeper slept late that day. ".repeat(8)}`,
        {
          thread: "t",
          interlocutor: { id: "me", name: "me" },
        },
      );
    expect((await chat.memory.list()).length).toBeGreaterThan(held);
    await chat.close();
    expect(await versionOf(anna, { folder: home })).toBe(before);
  });
});
