import { createHash } from "node:crypto";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { MemoryStore } from "./backends/memory-store.js";
import { allItems } from "./pages.js";
import { calibrateThreshold } from "./ranking/calibrate.js";
import type { KnownPerson, RankingOptions } from "./ranking/contract.js";
import { rankingOptions } from "./ranking/options.js";
import { defaultThreshold } from "./ranking/rank.js";
import { RELEVANCE_VERSION } from "./ranking/relevance.js";

export interface CalibrationRequest {
  store: MemoryStore;
  embeddings: EmbeddingsInterface;
  embeddingModel: string;
  namespaces: string[][];
  self: KnownPerson;
  /** The options that the memories will be ranked with: another weight of meaning has another threshold. */
  ranking?: Partial<RankingOptions>;
}

const NAMESPACE = ["calibration"];

/**
 * The relevance below which nothing counts as relevant, for this character, embedding model and ranking: calibrated over
 * the memories that the store holds, kept there, and calibrated again when any of these has changed. Where the
 * embeddings fail it is the default, and nothing is kept: by words alone another one would be found.
 */
export async function calibratedThreshold(request: CalibrationRequest): Promise<number> {
  const { store, embeddings, embeddingModel, namespaces, self, ranking } = request;
  const madeOf = await calibratedOver(request);
  const kept = (await store.get(NAMESPACE, embeddingModel))?.value;
  if (kept?.madeOf === madeOf && typeof kept.threshold === "number") return kept.threshold;
  // A threshold found before all memories have their vectors is not kept.
  const { waiting } = await store.embedPending();
  const threshold = await calibrateThreshold({
    store,
    embeddings,
    namespaces,
    self,
    ...(ranking && { options: ranking }),
  });
  if (threshold === undefined) return defaultThreshold;
  if (waiting === 0) await store.put(NAMESPACE, embeddingModel, { threshold, madeOf }, false);
  return threshold;
}

/** A hash of everything a threshold depends on beside the embedding model. */
async function calibratedOver({ store, namespaces, self, ranking }: CalibrationRequest): Promise<string> {
  const items = await Promise.all(namespaces.map((namespace) => allItems(store, namespace)));
  const memories = items
    .flat()
    .map(({ namespace, key, value: { text, denseText, supersededBy } }) =>
      JSON.stringify([namespace, key, text, denseText, supersededBy]),
    )
    .sort();
  return createHash("sha256")
    .update(JSON.stringify([RELEVANCE_VERSION, self, rankingOptions(ranking), memories]))
    .digest("hex");
}
