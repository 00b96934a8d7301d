import { splitTerms } from "../indexed-text.js";
import type { Candidate, CandidateRequest, CandidateSet } from "../memory-store.js";
import { decodeNamespace } from "../namespace.js";
import { unitVector } from "../unit-vector.js";
import type { Connection } from "./connection.js";
import { documentFrequency, lexicalSearch } from "./lexical-search.js";
import { type TurnPlace, turnsAround } from "./neighbours.js";
import { searchScope } from "./search-scope.js";
import { toldSearch } from "./told-search.js";
import type { VectorIndex } from "./vector-index.js";

/** How many turns before and after a record are given with it. */
const turnsBefore = 3;
const turnsAfter = 2;

interface CandidateRow extends TurnPlace {
  path: string;
  key: string;
  value: string;
  created: number;
  updated: number;
  terms: string;
}

/** A record as it was read, without what depends on the question. */
interface ReadRecord {
  candidate: Omit<Candidate, "cosine" | "neighbours">;
  neighbours: readonly { id: number; offset: number; terms: readonly string[] }[];
  place: TurnPlace;
}

type CosineOf = (id: number) => number | undefined;

/** The terms of so many records are kept; beyond, everything is let go. A conversation asks for the same few hundred again and again. */
const mostKept = 4_000;

/**
 * The records that share words or meaning with a question. What was decoded is kept until it changes: own writes are told
 * (`touched`), those of other connections show in SQLite's data version.
 */
export class CandidateSearch {
  private readonly kept = new Map<number, ReadRecord>();
  /** Kept dialogue records by conversation. */
  private readonly talks = new Map<string, Set<number>>();
  /** Terms by record, as stored and split: a turn's are read with each of its neighbours. */
  private readonly split = new Map<number, { lines: string; terms: readonly string[] }>();
  private version: unknown;

  constructor(
    private readonly connection: Connection,
    private readonly vectors: VectorIndex,
  ) {}

  /**
   * See RankedSearch.candidates; without a vector that has numbers, only words count. Has to run inside a transaction, so
   * that all parts see one state of the file.
   */
  candidates(request: CandidateRequest): CandidateSet {
    const { connection, vectors } = this;
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
    if (request.told) {
      for (const id of toldSearch(connection, scope, request.told, superseded)) ids.add(id);
    }
    const cosineOf = question ? vectors.table.cosinesTo(question) : () => undefined;
    const meanCosine = question ? vectors.table.meanCosine(question, scope.indexed) : undefined;
    this.refresh();
    return {
      candidates: Array.from(ids, (id) => this.read(id, cosineOf)),
      documents: scope.documents,
      documentFrequency: frequency,
      ...(meanCosine === undefined ? {} : { meanCosine }),
    };
  }

  private refresh(): void {
    const version = this.connection.value("PRAGMA data_version");
    if (version !== this.version || this.split.size > mostKept) {
      this.kept.clear();
      this.talks.clear();
      this.split.clear();
    }
    this.version = version;
  }

  private read(id: number, cosineOf: CosineOf): Candidate {
    const { candidate, neighbours } = this.kept.get(id) ?? this.decode(id);
    const { namespace, key, value, createdAt, updatedAt, terms } = candidate;
    const near = neighbours.map((neighbour) => withCosine(neighbour, cosineOf(neighbour.id)));
    // Spelt out: a spread of a few dozen objects a question costs more than their search.
    const read: Candidate = { namespace, key, value, createdAt, updatedAt, terms, neighbours: near };
    const cosine = cosineOf(id);
    if (cosine !== undefined) read.cosine = cosine;
    return read;
  }

  /** Lets go of what a write changed: the record, and those of the conversation that have it as a neighbour. */
  touched(id: number, { namespace, conversation, position }: TurnPlace): void {
    this.drop(id);
    if (conversation === null || position === null) return;
    for (const other of this.talks.get(talkKey(namespace, conversation)) ?? []) {
      const at = this.kept.get(other)?.place.position ?? position;
      if (position >= at - turnsBefore && position <= at + turnsAfter) this.drop(other);
    }
  }

  private decode(id: number): ReadRecord {
    const row = this.connection
      .sql(
        `SELECT r.namespace, n.path, r.key, r.value, r.created, r.updated, r.terms, r.conversation, r.position
         FROM memory_records r JOIN memory_namespaces n ON n.id = r.namespace WHERE r.id = ?`,
      )
      .get(id) as CandidateRow;
    const { namespace, conversation, position } = row;
    const near = turnsAround(this.connection, row, turnsBefore, turnsAfter);
    const read: ReadRecord = {
      candidate: {
        namespace: decodeNamespace(row.path),
        key: row.key,
        value: Object.freeze(JSON.parse(row.value) as Record<string, unknown>),
        createdAt: new Date(row.created),
        updatedAt: new Date(row.updated),
        terms: this.terms(id, row.terms),
      },
      neighbours: near.map((turn) => ({
        id: turn.id,
        offset: turn.position - (position ?? 0),
        terms: this.terms(turn.id, turn.terms),
      })),
      place: { namespace, conversation, position },
    };
    this.kept.set(id, read);
    if (conversation !== null) {
      const key = talkKey(namespace, conversation);
      const talk = this.talks.get(key) ?? new Set();
      this.talks.set(key, talk.add(id));
    }
    return read;
  }

  private terms(id: number, lines: string): readonly string[] {
    const known = this.split.get(id);
    if (known?.lines === lines) return known.terms;
    const terms = splitTerms(lines);
    this.split.set(id, { lines, terms });
    return terms;
  }

  private drop(id: number): void {
    const place = this.kept.get(id)?.place;
    this.kept.delete(id);
    if (place?.conversation != null) this.talks.get(talkKey(place.namespace, place.conversation))?.delete(id);
  }
}

function withCosine(
  { offset, terms }: Omit<Candidate["neighbours"][number], "cosine">,
  cosine: number | undefined,
): Candidate["neighbours"][number] {
  return cosine === undefined ? { offset, terms } : { offset, terms, cosine };
}

const talkKey = (namespace: number, conversation: string): string => `${namespace} ${conversation}`;
