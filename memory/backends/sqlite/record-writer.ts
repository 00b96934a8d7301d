import type { Statement } from "better-sqlite3";
import { denseText, type IndexedText, indexedText, joinTerms, splitTerms } from "../indexed-text.js";
import { encodeNamespace } from "../namespace.js";
import type { RecordWrite } from "../record-write.js";
import { vectorBytes } from "../unit-vector.js";
import type { TouchedRecord } from "./candidate-reader.js";
import type { Connection } from "./connection.js";

interface StoredRow {
  id: number;
  value: string;
  created: number;
  superseded: number;
  terms: string | null;
  conversation: string | null;
  position: number | null;
}

/** An indexed record without vector, and what has to be embedded for it. */
export interface Unembedded {
  record: number;
  text: string;
}

/** How many changes other processes may be behind before they have to read everything again. */
const keptChanges = 200_000;

/**
 * Writes records and everything that hangs on them: counts, full text of the record and of its neighbours,
 * term frequencies, vector, change log. Has to be used inside an immediate transaction.
 */
export class RecordWriter {
  private readonly rewrite = new Set<number>();
  private readonly termCounts = new Map<number, Map<string, number>>();

  /** What was written since {@link begin} and still needs a vector. */
  unembedded: Unembedded[] = [];

  /** `onTouched` hears of every indexed record that was written, with the place it had or has. */
  constructor(
    private readonly connection: Connection,
    private readonly onTouched: (record: TouchedRecord) => void = () => {},
  ) {}

  /** Applies the writes in their order and brings the derived tables up to date. */
  apply(writes: readonly RecordWrite[], now: Date): void {
    this.begin();
    for (const write of writes) this.write(write, now);
    this.finish();
  }

  /** Forgets what a transaction that was taken back left to be done. */
  begin(): void {
    this.rewrite.clear();
    this.termCounts.clear();
    this.unembedded = [];
  }

  /** Writes one record; the tables that are searched follow with {@link finish}. */
  write(write: RecordWrite, now: Date): void {
    if (write.value === null) this.delete(write.namespace, write.key);
    else this.put(write, write.value, now);
  }

  private put(write: RecordWrite, value: Record<string, unknown>, now: Date): void {
    const namespace = this.namespaceOf(write.namespace);
    const row = this.find(namespace, write.key);
    const old = row && row.terms !== null ? (JSON.parse(row.value) as Record<string, unknown>) : undefined;
    // A record is written again and again for its counts alone; its words are split once.
    const same = row?.terms && old?.text === value.text ? splitTerms(row.terms) : undefined;
    const text = write.indexed ? indexedText(value, same) : null;
    const before = row && (old === undefined ? null : denseText(old));
    if (row && before === (text?.dense ?? null)) {
      this.update(row, namespace, text, write, value, now);
      return;
    }
    // What is embedded is another: a new row, so that a row's number always stands for one and the same vector.
    if (row) this.deleteRow(row, namespace);
    const inserted = this.sql(
      `INSERT INTO memory_records(namespace, key, value, created, updated, superseded, terms, conversation, position)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      namespace,
      write.key,
      JSON.stringify(value),
      row?.created ?? now.getTime(),
      now.getTime(),
      ...columns(text),
    );
    const id = Number(inserted.lastInsertRowid);
    this.count(namespace, 1, text ? 1 : 0);
    if (text === null) return;
    this.countTerms(namespace, text.terms, 1);
    this.onTouched({ id, namespace, conversation: text.conversation, position: text.position });
    this.rewriteAround(id, namespace, text.conversation, text.position);
    this.storeVector(id, text, write);
    this.logChange(id);
  }

  /** Changes a record whose embedded text stays. */
  private update(
    row: StoredRow,
    namespace: number,
    text: IndexedText | null,
    write: RecordWrite,
    value: Record<string, unknown>,
    now: Date,
  ): void {
    this.sql(
      `UPDATE memory_records SET value = ?, updated = ?, superseded = ?, terms = ?, conversation = ?, position = ?
       WHERE id = ?`,
    ).run(JSON.stringify(value), now.getTime(), ...columns(text), row.id);
    if (text === null) return;
    this.onTouched({ id: row.id, namespace, conversation: row.conversation, position: row.position });
    const moved = row.conversation !== text.conversation || row.position !== text.position;
    const worded = row.terms !== joinTerms(text.terms);
    if (worded) {
      this.countTerms(namespace, splitTerms(row.terms ?? ""), -1);
      this.countTerms(namespace, text.terms, 1);
    }
    if (worded || moved) {
      this.onTouched({ id: row.id, namespace, conversation: text.conversation, position: text.position });
      this.rewriteAround(row.id, namespace, row.conversation, row.position);
      this.rewriteAround(row.id, namespace, text.conversation, text.position);
    }
    const superseded = row.superseded !== (text.superseded ? 1 : 0);
    if (superseded) this.rewrite.add(row.id);
    const waits = this.sql("SELECT 1 FROM memory_pending WHERE record = ?").get(row.id) !== undefined;
    if (waits) this.storeVector(row.id, text, write);
    if (superseded || (waits && write.vector)) this.logChange(row.id);
  }

  private delete(labels: string[], key: string): void {
    const namespace = this.namespaceId(labels);
    if (namespace === undefined) return;
    const row = this.find(namespace, key);
    if (row === undefined) return;
    this.deleteRow(row, namespace);
  }

  private deleteRow(row: StoredRow, namespace: number): void {
    this.sql("DELETE FROM memory_records WHERE id = ?").run(row.id);
    this.count(namespace, -1, row.terms === null ? 0 : -1);
    if (row.terms === null) return;
    this.onTouched({ id: row.id, namespace, conversation: row.conversation, position: row.position });
    this.countTerms(namespace, splitTerms(row.terms), -1);
    this.rewriteAround(row.id, namespace, row.conversation, row.position);
    for (const table of ["memory_vectors", "memory_vectors_next", "memory_pending"]) {
      this.sql(`DELETE FROM ${table} WHERE record = ?`).run(row.id);
    }
    this.logChange(row.id);
  }

  private storeVector(id: number, text: IndexedText, write: RecordWrite): void {
    if (write.vector && write.vectorOf === text.dense) {
      this.sql("INSERT OR REPLACE INTO memory_vectors(record, vector) VALUES (?, ?)").run(
        id,
        vectorBytes(write.vector),
      );
      this.sql("DELETE FROM memory_pending WHERE record = ?").run(id);
    } else {
      this.sql("INSERT OR IGNORE INTO memory_pending(record) VALUES (?)").run(id);
      this.unembedded.push({ record: id, text: text.dense });
    }
  }

  private logChange(id: number): void {
    this.sql("INSERT INTO memory_changes(record) VALUES (?)").run(id);
  }

  private find(namespace: number, key: string): StoredRow | undefined {
    return this.sql(
      `SELECT id, value, created, superseded, terms, conversation, position FROM memory_records
       WHERE namespace = ? AND key = ?`,
    ).get(namespace, key) as StoredRow | undefined;
  }

  private namespaceOf(labels: string[]): number {
    const insert = () =>
      this.sql("INSERT INTO memory_namespaces(path) VALUES (?)").run(encodeNamespace(labels));
    return this.namespaceId(labels) ?? Number(insert().lastInsertRowid);
  }

  private namespaceId(labels: string[]): number | undefined {
    return this.connection.value("SELECT id FROM memory_namespaces WHERE path = ?", encodeNamespace(labels));
  }

  private count(namespace: number, records: number, documents: number): void {
    this.sql(
      "UPDATE memory_namespaces SET records = records + ?, documents = documents + ? WHERE id = ?",
    ).run(records, documents, namespace);
  }

  private countTerms(namespace: number, list: readonly string[], by: 1 | -1): void {
    const counts = this.termCounts.get(namespace) ?? new Map<string, number>();
    this.termCounts.set(namespace, counts);
    for (const term of new Set(list)) counts.set(term, (counts.get(term) ?? 0) + by);
  }

  /** The full text of a turn holds its neighbours' words: what changes one changes those up to two turns away. */
  private rewriteAround(
    id: number,
    namespace: number,
    conversation: string | null,
    position: number | null,
  ): void {
    this.rewrite.add(id);
    if (conversation === null || position === null) return;
    for (const neighbour of this.turns(namespace, conversation, position)) this.rewrite.add(neighbour.id);
  }

  private turns(
    namespace: number,
    conversation: string,
    position: number,
  ): { id: number; terms: string | null }[] {
    return this.sql(
      `SELECT id, terms FROM memory_records WHERE namespace = ? AND conversation = ?
       AND position BETWEEN ? AND ? AND position <> ? ORDER BY position, id`,
    ).all(namespace, conversation, position - 2, position + 2, position) as {
      id: number;
      terms: string | null;
    }[];
  }

  /** Brings the derived tables up to date with what was written. */
  finish(): void {
    for (const id of this.rewrite) this.writeWords(id);
    this.rewrite.clear();
    const upsert = this.sql(
      `INSERT INTO memory_terms(term, namespace, documents) VALUES (?, ?, ?)
       ON CONFLICT(term, namespace) DO UPDATE SET documents = documents + excluded.documents`,
    );
    const clear = this.sql("DELETE FROM memory_terms WHERE term = ? AND namespace = ? AND documents <= 0");
    for (const [namespace, counts] of this.termCounts) {
      for (const [term, by] of counts) {
        if (by !== 0) upsert.run(term, namespace, by);
        if (by < 0) clear.run(term, namespace);
      }
    }
    this.termCounts.clear();
    this.sql("DELETE FROM memory_namespaces WHERE records = 0").run();
    this.sql(
      `DELETE FROM memory_changes WHERE sequence <= (SELECT max(sequence) FROM memory_changes) - ${keptChanges}`,
    ).run();
  }

  private writeWords(id: number): void {
    const row = this.sql(
      "SELECT namespace, terms, conversation, position, superseded FROM memory_records WHERE id = ?",
    ).get(id) as (StoredRow & { namespace: number }) | undefined;
    if (row === undefined || row.terms === null) {
      this.sql("DELETE FROM memory_words WHERE rowid = ?").run(id);
      return;
    }
    const near =
      row.conversation === null || row.position === null
        ? ""
        : this.turns(row.namespace, row.conversation, row.position)
            .map((turn) => turn.terms ?? "")
            .join("\n");
    const place = row.superseded ? `n${row.namespace} old` : `n${row.namespace}`;
    this.sql("INSERT OR REPLACE INTO memory_words(rowid, own, near, place) VALUES (?, ?, ?, ?)").run(
      id,
      row.terms,
      near,
      place,
    );
  }

  private sql(text: string): Statement {
    return this.connection.sql(text);
  }
}

function columns(text: IndexedText | null): [number, string | null, string | null, number | null] {
  return [
    text?.superseded ? 1 : 0,
    text ? joinTerms(text.terms) : null,
    text?.conversation ?? null,
    text?.position ?? null,
  ];
}
