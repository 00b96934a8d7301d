import { splitTerms } from "../indexed-text.js";
import type { Candidate } from "../memory-store.js";
import { decodeNamespace } from "../namespace.js";
import type { Connection } from "./connection.js";
import { type Neighbour, neighboursOf, turnsAfter, turnsBefore } from "./neighbours.js";

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

/** Where a record that was written stands: what has to be read again because of it. */
export interface TouchedRecord {
  id: number;
  namespace: number;
  conversation: string | null;
  position: number | null;
}

/** A record as it was read, without what depends on the question. */
interface ReadRecord {
  candidate: Omit<Candidate, "cosine" | "neighbours">;
  neighbours: readonly Neighbour[];
  place: Omit<TouchedRecord, "id">;
}

/** The terms of so many records are kept; beyond, everything is let go. A conversation asks for the same few hundred again and again. */
const mostKept = 4_000;

/**
 * Reads candidates, and keeps what it decoded until it changes: own writes are told to it (`touched`), those of other
 * connections show in SQLite's data version.
 */
export class CandidateReader {
  private readonly kept = new Map<number, ReadRecord>();
  /** Kept dialogue records by conversation. */
  private readonly talks = new Map<string, Set<number>>();
  /** Terms by record, as stored and split: a turn's are read with each of its neighbours. */
  private readonly split = new Map<number, { lines: string; terms: readonly string[] }>();
  private version: unknown;

  constructor(private readonly connection: Connection) {}

  /** Reads records with their cosines. Has to be called inside the reading transaction. */
  readAll(ids: Iterable<number>, cosineOf: (id: number) => number | undefined): Candidate[] {
    this.refresh();
    return Array.from(ids, (id) => this.read(id, cosineOf));
  }

  private refresh(): void {
    const version = this.connection.value("PRAGMA data_version");
    if (version !== this.version || this.split.size > mostKept) this.clear();
    this.version = version;
  }

  private read(id: number, cosineOf: (id: number) => number | undefined): Candidate {
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
  touched({ id, namespace, conversation, position }: TouchedRecord): void {
    this.drop(id);
    if (conversation === null || position === null) return;
    for (const other of this.talks.get(talkKey(namespace, conversation)) ?? []) {
      const at = this.kept.get(other)?.place.position ?? position;
      if (position >= at - turnsBefore && position <= at + turnsAfter) this.drop(other);
    }
  }

  clear(): void {
    this.kept.clear();
    this.talks.clear();
    this.split.clear();
  }

  private decode(id: number): ReadRecord {
    const row = this.connection
      .sql(
        `SELECT r.namespace, n.path, r.key, r.value, r.created, r.updated, r.terms, r.conversation, r.position
         FROM memory_records r JOIN memory_namespaces n ON n.id = r.namespace WHERE r.id = ?`,
      )
      .get(id) as CandidateRow;
    const { namespace, conversation, position } = row;
    const read: ReadRecord = {
      candidate: {
        namespace: decodeNamespace(row.path),
        key: row.key,
        value: Object.freeze(JSON.parse(row.value) as Record<string, unknown>),
        createdAt: new Date(row.created),
        updatedAt: new Date(row.updated),
        terms: this.terms(id, row.terms),
      },
      neighbours:
        conversation === null || position === null
          ? []
          : neighboursOf(this.connection, { namespace, conversation, position }, (near, lines) =>
              this.terms(near, lines),
            ),
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
  { offset, terms }: Neighbour,
  cosine: number | undefined,
): Candidate["neighbours"][number] {
  return cosine === undefined ? { offset, terms } : { offset, terms, cosine };
}

const talkKey = (namespace: number, conversation: string): string => `${namespace} ${conversation}`;
