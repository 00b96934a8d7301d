import { describe, expect, it } from "vitest";
import { FaultyModelServer } from "../dev/doubles/models/faulty-model-server.js";
import { energeticIsInstalled } from "./energetic-embeddings.js";
import { resolveEmbeddings } from "./resolve-embeddings.js";

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

describe("embeddings by name", () => {
  it("lexical: 384 hashed dimensions of length 1, near for shared words, the same every time", async () => {
    const { embeddings, id } = await resolveEmbeddings("lexical");
    expect(id).toBe("lexical-384");
    const [boat, boats, tax, empty] = (await embeddings.embedDocuments([
      "The supply boat did not come",
      "Supply boats came late",
      "Income tax returns",
      "",
    ])) as [number[], number[], number[], number[]];
    expect(boat).toHaveLength(384);
    expect(dot(boat, boat)).toBeCloseTo(1);
    expect(dot(empty, empty)).toBeCloseTo(1);
    expect(dot(boat, boats)).toBeGreaterThan(0.5);
    expect(Math.abs(dot(boat, tax))).toBeLessThan(0.2);
    expect(await embeddings.embedQuery("The supply boat did not come")).toEqual(boat);
  });

  it.skipIf(!energeticIsInstalled())(
    "energetic: a sentence encoder in-process, the default where it is installed",
    async () => {
      const { embeddings, id } = await resolveEmbeddings(undefined, { env: {} });
      expect(id).toBe("energetic-use-lite-512");
      const texts = Array.from({ length: 70 }, (_, at) => `sentence number ${at}`);
      const vectors = await embeddings.embedDocuments(["I lost my job", "", ...texts]);
      expect(vectors).toHaveLength(72);
      const question = await embeddings.embedQuery("She was fired");
      expect(dot(question, vectors[0] ?? [])).toBeGreaterThan(0.4);
      expect(await embeddings.embedQuery("She was fired")).toBe(question);
    },
  );

  it("openai: of any compatible server, its size measured", async () => {
    const server = await FaultyModelServer.start();
    try {
      const { id, embeddings } = await resolveEmbeddings("openai:nomic:v1", {
        env: { OPENAI_BASE_URL: server.baseURL },
      });
      expect(id).toBe("openai:nomic:v1-3");
      expect(await embeddings.embedDocuments(["a", "b"])).toEqual([
        [1, 0, 0],
        [1, 0, 0],
      ]);
    } finally {
      await server.close();
    }
  });

  it("that cannot be had are named, with the way out", async () => {
    await expect(resolveEmbeddings("openai:text-embedding-3-small", { env: {} })).rejects.toMatchObject({
      code: "missing_key",
    });
    await expect(resolveEmbeddings("transformers:Xenova/x", { env: {} })).rejects.toMatchObject({
      code: "missing_package",
      message: expect.stringContaining("npm install @langchain/community @huggingface/transformers"),
    });
    await expect(resolveEmbeddings("energetc", { env: {} })).rejects.toMatchObject({
      code: "unknown_model",
      message: expect.stringContaining('"energetic"?'),
    });
  });
});
