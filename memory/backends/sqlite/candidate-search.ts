import type { CandidateRequest, CandidateSet } from "../memory-store.js";
import { unitVector } from "../unit-vector.js";
import type { CandidateReader } from "./candidate-reader.js";
import type { Connection } from "./connection.js";
import { documentFrequency, lexicalSearch } from "./lexical-search.js";
import { searchScope } from "./search-scope.js";
import type { VectorIndex } from "./vector-index.js";

/**
 * The records of the searched namespaces that share words or meaning with a question (see RankedSearch.candidates).
 * Without a vector that has numbers, only words count. Has to run inside a transaction, so that all parts see one state of the file.
 */
export function searchCandidates(
  connection: Connection,
  vectors: VectorIndex,
  reader: CandidateReader,
  request: CandidateRequest,
): CandidateSet {
  const { terms, lexicalLimit = 200, denseLimit = 100, superseded = false } = request;
  const question = request.vector ? unitVector(request.vector) : null;
  const scope = searchScope(connection, request.namespaces);
  const frequency = documentFrequency(connection, scope, terms);
  const ids = new Set(
    lexicalSearch(connection, scope, frequency, { limit: lexicalLimit, superseded }).map(({ id }) => id),
  );
  if (question) vectors.refresh();
  if (question && denseLimit > 0) {
    for (const { id } of vectors.nearest(question, denseLimit, scope.indexed, superseded)) ids.add(id);
  }
  const cosineOf = question ? vectors.cosinesTo(question) : () => undefined;
  const meanCosine = question ? vectors.meanCosine(question, scope.indexed) : undefined;
  return {
    candidates: reader.readAll(ids, cosineOf),
    documents: scope.documents,
    documentFrequency: frequency,
    ...(meanCosine === undefined ? {} : { meanCosine }),
  };
}
