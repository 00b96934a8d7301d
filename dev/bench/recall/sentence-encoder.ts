import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { isSimulacraError } from "../../../data/errors.js";
import { resolveEmbeddings } from "../../../models/index.js";
import { RememberingEmbeddings } from "./remembering-embeddings.js";

/** The in-process sentence encoder; undefined, with a line on stderr, where it is not installed. */
export async function sentenceEncoder(): Promise<EmbeddingsInterface | undefined> {
  try {
    return new RememberingEmbeddings((await resolveEmbeddings("energetic")).embeddings);
  } catch (error) {
    if (!isSimulacraError(error, "missing_package")) throw error;
    process.stderr.write(`Without a sentence encoder: ${error.message}\n`);
    return undefined;
  }
}
