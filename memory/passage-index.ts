import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";
import { SimulacraError } from "../data/errors.js";
import { proseOf } from "../data/prose/prose.js";
import { hnswLibrary } from "./backends/sqlite/hnsw-library.js";

/** Characters a passage holds and shares with the next one: the setting of the published program. */
export const PASSAGE_SIZE = 512;
export const PASSAGE_OVERLAP = 32;

/** A passage of the life story near to a question. */
export interface Passage {
  text: string;
  /** Cosine distance; lower is nearer. */
  distance: number;
}

/** Finds passages of a life story (method `rag`). */
export interface PassageIndex {
  nearest(question: string, k: number): Promise<Passage[]>;
}

export interface PassageIndexOptions {
  story: string;
  embeddings: EmbeddingsInterface;
  embeddingModel: string;
  /** Folder in which the index is kept and found again; without it, it is made at every opening. */
  home?: string;
}

/**
 * Opens the passage index over a story: LangChain's `HNSWLib` (@langchain/community, an optional peer, on hnswlib-node, an optional dependency), saved and reused.
 * @throws SimulacraError `missing_package` with the line that installs it
 */
export async function openPassageIndex(options: PassageIndexOptions): Promise<PassageIndex> {
  const { HNSWLib } = await loadHnswLib();
  const hash = createHash("sha256")
    .update(`${PASSAGE_SIZE}/${PASSAGE_OVERLAP}/${options.embeddingModel}\n${options.story}`)
    .digest("hex")
    .slice(0, 24);
  const folder = options.home === undefined ? undefined : join(options.home, "passages", hash);
  const store = (folder === undefined ? null : await loaded(folder)) ?? (await built());
  return {
    async nearest(question, k) {
      const found = await store.similaritySearchWithScore(
        question,
        Math.min(k, store.index.getCurrentCount()),
      );
      return found.map(([document, distance]) => ({ text: document.pageContent, distance }));
    },
  };

  async function loaded(from: string) {
    if (!existsSync(join(from, "complete"))) return null;
    try {
      await readFile(join(from, "complete"));
      return await HNSWLib.load(from, options.embeddings);
    } catch {
      // A damaged index is only a copy of the story: it is made again.
      return null;
    }
  }

  async function built() {
    const splitter = new RecursiveCharacterTextSplitter({
      chunkSize: PASSAGE_SIZE,
      chunkOverlap: PASSAGE_OVERLAP,
    });
    const made = await HNSWLib.fromDocuments(
      await splitter.createDocuments([proseOf(options.story)]),
      options.embeddings,
    );
    if (folder !== undefined) await saved(made, folder);
    return made;
  }

  /** Written aside and renamed, since HNSWLib does not save in one piece. */
  async function saved(made: { save(folder: string): Promise<void> }, to: string) {
    const aside = `${to}.${randomUUID()}.new`;
    try {
      await mkdir(aside, { recursive: true });
      await made.save(aside);
      await writeFile(join(aside, "complete"), "");
      await rm(to, { recursive: true, force: true });
      await rename(aside, to);
    } catch {
      // Saved by another at the same time, or not at all: then the next opening makes it again.
      await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

async function loadHnswLib() {
  // HNSWLib itself would miss it only when the story is embedded.
  if (hnswLibrary() === null) throw missing("hnswlib-node", " (it is compiled: that needs a C++ toolchain)");
  try {
    return await import("@langchain/community/vectorstores/hnswlib");
  } catch (cause) {
    throw missing("@langchain/community", "", cause);
  }
}

const missing = (name: string, needs: string, cause?: unknown): SimulacraError =>
  new SimulacraError(
    "missing_package",
    `The method rag needs the package ${name}. Install it${needs}: npm install ${name}`,
    "environment",
    { package: name },
    { cause },
  );
