import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { countTokens } from "../../models/index.js";
import { SessionScope } from "./session-scope.js";

/** Embeddings whose texts are entered in the books of the session that asks. Tokens are counted with cl100k. */
export function countedEmbeddings(inner: EmbeddingsInterface): EmbeddingsInterface {
  const enter = (texts: readonly string[]) =>
    SessionScope.current()?.books.embeddings.record("embeddings", {
      inputTokens: texts.reduce((sum, text) => sum + countTokens(text), 0),
      outputTokens: 0,
    });
  return {
    embedQuery(text) {
      enter([text]);
      return inner.embedQuery(text);
    },
    embedDocuments(texts) {
      enter(texts);
      return inner.embedDocuments(texts);
    },
  };
}
