import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { calibrateThreshold } from "./ranking/calibrate.js";
import type { KnownPerson } from "./ranking/contract.js";
import type { MemoryStore } from "./store/ranked-search.js";

export interface CalibrationRequest {
  store: MemoryStore;
  embeddings: EmbeddingsInterface;
  embeddingModel: string;
  namespaces: string[][];
  self: KnownPerson;
}

const NAMESPACE = ["calibration"];

/**
 * The support below which nothing counts as relevant, for this character and embedding model: calibrated once over the
 * memories that the store holds, kept there, and calibrated again when their number has changed by a fifth.
 */
export async function calibratedThreshold(request: CalibrationRequest): Promise<number> {
  const { store, embeddings, embeddingModel, namespaces, self } = request;
  const held = (
    await Promise.all(namespaces.map((namespace) => store.search(namespace, { limit: 100_000 })))
  ).flat().length;
  const kept = (await store.get(NAMESPACE, embeddingModel))?.value;
  const [threshold, over]: unknown[] = [kept?.threshold, kept?.over];
  if (typeof threshold === "number" && typeof over === "number" && Math.abs(held - over) <= over / 5)
    return threshold;
  const calibrated = await calibrateThreshold({ store, embeddings, namespaces, self });
  await store.put(NAMESPACE, embeddingModel, { threshold: calibrated, over: held }, false);
  return calibrated;
}
