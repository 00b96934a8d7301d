import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { countTokens } from "../../models/index.js";
import { SessionScope } from "./session-scope.js";

/**
 * Embeddings whose texts and failures are counted in the usage of the session that asks. Tokens are counted with cl100k.
 */
export function countedEmbeddings(inner: EmbeddingsInterface): EmbeddingsInterface {
  async function entered<T>(texts: readonly string[], embed: () => Promise<T>): Promise<T> {
    const usage = SessionScope.current()?.usage;
    usage?.embeddings.record("embeddings", {
      inputTokens: texts.reduce((sum, text) => sum + countTokens(text), 0),
      outputTokens: 0,
    });
    try {
      return await embed();
    } catch (error) {
      if (usage) usage.embeddingsFailed = true;
      throw error;
    }
  }
  return {
    embedQuery: (text) => entered([text], () => inner.embedQuery(text)),
    embedDocuments: (texts) => entered(texts, () => inner.embedDocuments(texts)),
  };
}
