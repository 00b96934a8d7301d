import { checkSpace, readSpace } from "./embedding-space.js";
import { splitTerms } from "./indexed-text.js";
import { documentFrequency, lexicalSearch } from "./lexical-search.js";
import { decodeNamespace } from "./namespace.js";
import { neighboursOf } from "./neighbours.js";
import type { Prepared } from "./prepared.js";
import type { Candidate, CandidateRequest, CandidateSet } from "./ranked-search.js";
import { searchScope } from "./search-scope.js";
import { unitVector } from "./unit-vector.js";
import type { VectorIndex } from "./vector-index.js";

interface CandidateRow {
  namespace: number;
  path: string;
  key: string;
  value: string;
  created: number;
  updated: number;
  terms: string;
  conversation: string | null;
  position: number | null;
}

/**
 * The records of the searched namespaces that share words or meaning with a question (see RankedSearch.candidates).
 * Without a vector that has numbers, only words count. Has to run inside a transaction, so that all parts see one state of the file.
 */
export function searchCandidates(
  prepared: Prepared,
  vectors: VectorIndex,
  request: CandidateRequest,
): CandidateSet {
  const { terms, lexicalLimit = 200, denseLimit = 100, superseded = false } = request;
  if (request.vector) checkSpace(readSpace(prepared), { dimensions: request.vector.length });
  const question = request.vector ? unitVector(request.vector) : null;
  const scope = searchScope(prepared, request.namespaces);
  const frequency = documentFrequency(prepared, scope, terms);
  const ids = new Set(
    lexicalSearch(prepared, scope, frequency, { limit: lexicalLimit, superseded }).map(({ id }) => id),
  );
  vectors.refresh();
  if (question) {
    for (const { id } of vectors.nearest(question, denseLimit, scope.indexed, superseded)) ids.add(id);
  }
  const cosineOf = (id: number) => (question ? vectors.cosine(id, question) : undefined);
  const meanCosine = question ? vectors.meanCosine(question, scope.indexed) : undefined;
  return {
    candidates: [...ids].map((id) => readCandidate(prepared, id, cosineOf)),
    documents: scope.documents,
    documentFrequency: frequency,
    ...(meanCosine === undefined ? {} : { meanCosine }),
  };
}

function readCandidate(
  prepared: Prepared,
  id: number,
  cosineOf: (id: number) => number | undefined,
): Candidate {
  const row = prepared
    .sql(
      `SELECT r.namespace, n.path, r.key, r.value, r.created, r.updated, r.terms, r.conversation, r.position
       FROM memory_records r JOIN memory_namespaces n ON n.id = r.namespace WHERE r.id = ?`,
    )
    .get(id) as CandidateRow;
  const { namespace, conversation, position } = row;
  const cosine = cosineOf(id);
  return {
    namespace: decodeNamespace(row.path),
    key: row.key,
    value: JSON.parse(row.value) as Record<string, unknown>,
    createdAt: new Date(row.created),
    updatedAt: new Date(row.updated),
    terms: splitTerms(row.terms),
    ...(cosine === undefined ? {} : { cosine }),
    neighbours:
      conversation === null || position === null
        ? []
        : neighboursOf(prepared, { namespace, conversation, position }, cosineOf),
  };
}
