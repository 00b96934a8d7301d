import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { MemoryStore } from "../memory-store.js";

/** What the suite uses of a test runner; vitest's and jest's own functions fit. */
export interface TestRunner {
  describe(name: string, suite: () => void): void;
  it(name: string, test: () => Promise<void>): void;
  expect(actual: unknown): Expectation;
}

interface Expectation {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toBeCloseTo(expected: number, digits?: number): void;
  not: { toBe(expected: unknown): void; toContain(expected: unknown): void };
  rejects: { toMatchObject(expected: object): Promise<void> };
}

/** Makes an empty store that embeds with the given model. */
export type MakeStore = (options: { embeddings: EmbeddingsInterface }) => Promise<MemoryStore>;

/** Hash-free vectors for tests: how often each of the 26 letters occurs. */
export const letterEmbeddings: EmbeddingsInterface = {
  embedDocuments: async (texts) => texts.map(letterVector),
  embedQuery: async (text) => letterVector(text),
};

export function letterVector(text: string): number[] {
  const counts = new Array<number>(26).fill(0);
  for (const letter of text.toLowerCase()) {
    const place = letter.charCodeAt(0) - 97;
    if (place >= 0 && place < 26) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/** A runner's functions, and what the parts of the suite share. */
export interface Suite extends TestRunner {
  name: string;
  /** A test with an empty store, which is stopped afterwards. */
  withStore(
    test: (store: MemoryStore) => Promise<void>,
    embeddings?: EmbeddingsInterface,
  ): () => Promise<void>;
}

export function suiteOf(name: string, makeStore: MakeStore, runner: TestRunner): Suite {
  return {
    ...runner,
    name,
    withStore:
      (test, embeddings = letterEmbeddings) =>
      async () => {
        const store = await makeStore({ embeddings });
        try {
          await test(store);
        } finally {
          await store.stop();
        }
      },
  };
}

export const keys = (items: readonly { key: string }[]): string[] => items.map(({ key }) => key);
export const sorted = (items: readonly { key: string }[]): string[] => keys(items).sort();
