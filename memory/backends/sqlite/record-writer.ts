import type { Statement } from "better-sqlite3";
import { denseText, type IndexedText, indexedText, joinTerms, splitTerms } from "../indexed-text.js";
import { encodeNamespace } from "../namespace.js";
import type { RecordWrite } from "../record-write.js";
import { vectorBytes } from "../unit-vector.js";
import type { Connection } from "./connection.js";
import type { TurnPlace } from "./neighbours.js";
import { TextIndex } from "./text-index.js";

interface StoredRow extends TurnPlace {
  id: number;
  value: string;
  created: number;
  superseded: number;
  terms: string | null;
}

/** An indexed record without vector, and what has to be embedded for it. */
export interface Unembedded {
  record: number;
  text: string;
}

/** How many changes other processes may be behind before they have to read everything again. */
const keptChanges = 200_000;

/**
 * Writes records and everything that hangs on them: counts, text index, vector, change log. Has to be used inside an
 * immediate transaction; single writes stand between `begin` and `finish`.
 */
export class RecordWriter {
  /** What was written since {@link begin} and still needs a vector. */
  unembedded: Unembedded[] = [];

  /** `onTouched` hears of every indexed record that was written, with the place it had or has. */
  constructor(
    private readonly connection: Connection,
    private readonly textIndex = new TextIndex(connection),
    private readonly onTouched: (id: number, place: TurnPlace) => void = () => {},
  ) {}

  /** Applies writes in their order. */
  apply(writes: readonly RecordWrite[], now: Date): void {
    this.begin();
    for (const write of writes) this.write(write, now);
    this.finish();
  }

  begin(): void {
    this.unembedded = [];
    this.textIndex.begin();
  }

  write(write: RecordWrite, now: Date): void {
    if (write.value === null) this.delete(write);
    else this.put(write, write.value, now.getTime());
  }

  /** Brings the derived tables up to date with what was written. */
  finish(): void {
    this.textIndex.finish();
    this.sql("DELETE FROM memory_namespaces WHERE records = 0").run();
    this.sql(
      `DELETE FROM memory_changes WHERE sequence <= (SELECT max(sequence) FROM memory_changes) - ${keptChanges}`,
    ).run();
  }

  private put(write: RecordWrite, value: Record<string, unknown>, now: number): void {
    const namespace = this.namespaceOf(write.namespace);
    const row = this.find(namespace, write.key);
    const old = row && row.terms !== null ? (JSON.parse(row.value) as Record<string, unknown>) : undefined;
    // A record is written again and again for its counts alone; its words are split once.
    const same = row?.terms && old?.text === value.text ? splitTerms(row.terms) : undefined;
    const text = write.indexed ? indexedText(value, same) : null;
    const before = row && (old === undefined ? null : denseText(old));
    if (row && before === (text?.dense ?? null)) {
      this.update(row, text, write, value, now);
      return;
    }
    // What is embedded is another: a new row, so that a row's number always stands for one and the same vector.
    if (row) this.deleteRow(row);
    const inserted = this.sql(
      `INSERT INTO memory_records(namespace, key, value, created, updated, superseded, terms, conversation, position)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(namespace, write.key, JSON.stringify(value), row?.created ?? now, now, ...columns(text));
    const id = Number(inserted.lastInsertRowid);
    this.count(namespace, 1, text ? 1 : 0);
    if (text === null) return;
    this.textIndex.count(namespace, text.terms, 1);
    this.touch(id, { namespace, conversation: text.conversation, position: text.position });
    this.storeVector(id, text, write);
    this.logChange(id);
  }

  /** Changes a record whose embedded text stays. */
  private update(
    row: StoredRow,
    text: IndexedText | null,
    write: RecordWrite,
    value: Record<string, unknown>,
    now: number,
  ): void {
    this.sql(
      `UPDATE memory_records SET value = ?, updated = ?, superseded = ?, terms = ?, conversation = ?, position = ?
       WHERE id = ?`,
    ).run(JSON.stringify(value), now, ...columns(text), row.id);
    if (text === null) return;
    const { id, namespace } = row;
    const place = { namespace, conversation: text.conversation, position: text.position };
    const moved = row.conversation !== place.conversation || row.position !== place.position;
    const worded = row.terms !== joinTerms(text.terms);
    const superseded = row.superseded !== (text.superseded ? 1 : 0);
    this.onTouched(id, row);
    if (worded) {
      this.textIndex.count(namespace, splitTerms(row.terms ?? ""), -1);
      this.textIndex.count(namespace, text.terms, 1);
    }
    if (worded || moved) {
      this.touch(id, row);
      this.touch(id, place);
    }
    if (superseded) this.textIndex.touch(id);
    const waits = this.sql("SELECT 1 FROM memory_pending WHERE record = ?").get(id) !== undefined;
    if (waits) this.storeVector(id, text, write);
    if (superseded || (waits && write.vector)) this.logChange(id);
  }

  private delete({ namespace: labels, key }: RecordWrite): void {
    const namespace = this.namespaceId(labels);
    const row = namespace === undefined ? undefined : this.find(namespace, key);
    if (row) this.deleteRow(row);
  }

  private deleteRow(row: StoredRow): void {
    this.sql("DELETE FROM memory_records WHERE id = ?").run(row.id);
    this.count(row.namespace, -1, row.terms === null ? 0 : -1);
    if (row.terms === null) return;
    this.textIndex.count(row.namespace, splitTerms(row.terms), -1);
    this.touch(row.id, row);
    for (const table of ["memory_vectors", "memory_vectors_next", "memory_pending"]) {
      this.sql(`DELETE FROM ${table} WHERE record = ?`).run(row.id);
    }
    this.logChange(row.id);
  }

  /** What was read of the record and of its neighbours, and what is found by their words, is another now. */
  private touch(id: number, place: TurnPlace): void {
    this.onTouched(id, place);
    this.textIndex.touch(id, place);
  }

  private storeVector(id: number, text: IndexedText, { vector, vectorOf }: RecordWrite): void {
    if (vector && vectorOf === text.dense) {
      storeVector(this.connection, id, vector);
      return;
    }
    this.sql("INSERT OR IGNORE INTO memory_pending(record) VALUES (?)").run(id);
    this.unembedded.push({ record: id, text: text.dense });
  }

  private logChange(id: number): void {
    this.sql("INSERT INTO memory_changes(record) VALUES (?)").run(id);
  }

  private find(namespace: number, key: string): StoredRow | undefined {
    return this.sql(
      `SELECT id, namespace, value, created, superseded, terms, conversation, position FROM memory_records
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

  private sql(text: string): Statement {
    return this.connection.sql(text);
  }
}

/** Gives a record its vector: it waits for none any more. */
export function storeVector(connection: Connection, record: number, vector: Float32Array): void {
  connection
    .sql("INSERT OR REPLACE INTO memory_vectors(record, vector) VALUES (?, ?)")
    .run(record, vectorBytes(vector));
  connection.sql("DELETE FROM memory_pending WHERE record = ?").run(record);
}

function columns(text: IndexedText | null): [number, string | null, string | null, number | null] {
  return [
    text?.superseded ? 1 : 0,
    text ? joinTerms(text.terms) : null,
    text?.conversation ?? null,
    text?.position ?? null,
  ];
}
