import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { countTokens } from "../../models/index.js";
import { SessionScope } from "./session-scope.js";

/**
 * Embeddings whose texts and failures are entered in the books of the session that asks. Tokens are counted with cl100k.
 */
export function countedEmbeddings(inner: EmbeddingsInterface): EmbeddingsInterface {
  async function entered<T>(texts: readonly string[], embed: () => Promise<T>): Promise<T> {
    const books = SessionScope.current()?.books;
    books?.embeddings.record("embeddings", {
      inputTokens: texts.reduce((sum, text) => sum + countTokens(text), 0),
      outputTokens: 0,
    });
    try {
      return await embed();
    } catch (error) {
      if (books) books.embeddingsFailed = true;
      throw error;
    }
  }
  return {
    embedQuery: (text) => entered([text], () => inner.embedQuery(text)),
    embedDocuments: (texts) => entered(texts, () => inner.embedDocuments(texts)),
  };
}
