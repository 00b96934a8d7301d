import type { Item, PutOperation } from "@langchain/langgraph-checkpoint";
import { SimulacraError } from "../../data/errors.js";
import { denseText } from "./indexed-text.js";
import { encodeNamespace, validateNamespace } from "./namespace.js";

/** One put (or, with a null value, one delete), with its vector where that is known already. */
export interface RecordWrite {
  namespace: string[];
  key: string;
  value: Record<string, unknown> | null;
  /** False: stored, but found by neither words nor meaning. */
  indexed: boolean;
  /** Length 1, of the store's embedding model, made of `vectorOf`. */
  vector?: Float32Array;
  vectorOf?: string;
}

/** @throws InvalidNamespaceError; SimulacraError invalid_input for a key that is no valid Unicode */
export function asWrite({ namespace, key, value, index }: PutOperation): RecordWrite {
  validateNamespace(namespace);
  if (typeof key !== "string" || Buffer.from(key, "utf8").toString("utf8") !== key) {
    throw new SimulacraError(
      "invalid_input",
      "A key of the memory store has to be text without broken characters (unpaired surrogates).",
      "user",
      { key: String(key) },
    );
  }
  return { namespace, key, value, indexed: index !== false };
}

/** Of several writes to one key only the last. */
export function lastOfEach(writes: readonly RecordWrite[]): RecordWrite[] {
  return [
    ...new Map(writes.map((write) => [encodeNamespace([...write.namespace, write.key]), write])).values(),
  ];
}

/** What has to be embedded for a write; null where nothing, or where the stored vector is of the same text. */
export function textToEmbed(
  write: RecordWrite,
  stored: (namespace: string[], key: string) => Item | null,
): string | null {
  const text = write.value === null || !write.indexed ? null : denseText(write.value);
  if (text === null) return null;
  const before = stored(write.namespace, write.key);
  return before !== null && denseText(before.value) === text ? null : text;
}
