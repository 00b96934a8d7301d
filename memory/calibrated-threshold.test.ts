import { join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { expect, it } from "vitest";
import { loadCharacterFolder } from "../data/character-folder.js";
import { LexicalEmbeddings } from "../models/lexical-embeddings.js";
import { SqliteMemoryStore } from "./backends/sqlite/sqlite-memory-store.js";
import { type CalibrationRequest, calibratedThreshold } from "./calibrated-threshold.js";

/** Not the class itself, as an evaluation passes it; counts its questions, and can be out of order. */
class WrappedEmbeddings implements EmbeddingsInterface {
  works = true;
  questions = 0;
  readonly #inner = new LexicalEmbeddings();
  async embedQuery(text: string): Promise<number[]> {
    this.questions += 1;
    return (await this.embedDocuments([text]))[0] ?? [];
  }
  async embedDocuments(texts: string[]): Promise<number[][]> {
    if (!this.works) throw new Error("no connection");
    return this.#inner.embedDocuments(texts);
  }
}

const livesOf = async (id: string): Promise<string[]> => {
  const { memories } = await loadCharacterFolder(join(import.meta.dirname, "../data/characters", id));
  return memories.slice(0, 30).map(({ content }) => content);
};
const lives = await livesOf("hester-tranter");
const others = await livesOf("kuo-yu-hsiang");

async function calibration(
  texts: readonly string[],
  embeddings: EmbeddingsInterface = new WrappedEmbeddings(),
): Promise<CalibrationRequest> {
  const store = await SqliteMemoryStore.open({ path: ":memory:", embeddings, embeddingModel: "lexical-384" });
  const request = {
    ...{ store, embeddings, embeddingModel: "lexical-384", namespaces: [["life"]], self: { name: "Ann" } },
    ranking: { hashedVectors: true },
  };
  await remember(request, texts);
  return request;
}

const remember = ({ store }: CalibrationRequest, texts: readonly string[], from = 0) =>
  store.batch(texts.map((text, index) => ({ namespace: ["life"], key: `${from + index}`, value: { text } })));

it("is found once for the same memories, and is the same however the embeddings are wrapped", async () => {
  const embeddings = new WrappedEmbeddings();
  const request = await calibration(lives, embeddings);
  const threshold = await calibratedThreshold(request);
  const asked = embeddings.questions;
  expect(asked).toBeGreaterThan(0);
  expect(await calibratedThreshold(request)).toBe(threshold);
  expect(embeddings.questions).toBe(asked);
  const { ranking: _told, ...unwrapped } = await calibration(lives, new LexicalEmbeddings());
  expect(await calibratedThreshold(unwrapped)).toBe(threshold);
});

it("does not depend on what was remembered before", async () => {
  const request = await calibration(lives);
  const before = await calibratedThreshold(request);
  await remember(request, others);
  const edited = await calibratedThreshold(request);
  expect(edited).toBe(await calibratedThreshold(await calibration(others)));
  expect(edited).not.toBe(before);
  const more = lives.slice(0, 5);
  await remember(request, more, others.length);
  const grown = await calibration([...others, ...more]);
  expect(await calibratedThreshold(request)).toBe(await calibratedThreshold(grown));
});

it("goes by the host's weights", async () => {
  const embeddings = new WrappedEmbeddings();
  const request = await calibration(lives, embeddings);
  const light = await calibratedThreshold(request);
  const asked = embeddings.questions;
  const heavy = { ...request, ranking: { ...request.ranking, hashedDenseWeight: 3 } };
  expect(await calibratedThreshold(heavy)).not.toBe(light);
  expect(embeddings.questions).toBeGreaterThan(asked);
});

it("is the default while the embeddings fail, and is found once they and the memories' vectors are there", async () => {
  const embeddings = new WrappedEmbeddings();
  embeddings.works = false;
  const request = await calibration(lives, embeddings);
  expect(await calibratedThreshold(request)).toBe(0.38);
  expect(await request.store.get(["calibration"], "lexical-384")).toBeNull();
  embeddings.works = true;
  const fresh = await calibratedThreshold(await calibration(lives));
  expect(await calibratedThreshold(request)).toBe(fresh);
  expect(fresh).not.toBe(0.38);
});
