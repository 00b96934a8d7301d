import { TERMS_VERSION, terms } from "../../ranking/terms.js";
import { joinTerms, splitTerms } from "../indexed-text.js";
import type { Connection } from "./connection.js";
import { readMeta, writeMeta } from "./meta.js";
import { type TurnPlace, turnsAround } from "./neighbours.js";

/**
 * Full text: own terms, those of the neighbouring turns, and the place (namespace token, "old" when superseded).
 * Terms come normalised, one a line; nothing but separators and control characters splits them here.
 */
export const wordsTable = `
CREATE VIRTUAL TABLE memory_words USING fts5(own, near, place, content='', contentless_delete=1, detail=full,
  tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cf Cs Cn'")`;

/** Turns each side whose words count for a turn. */
const turnsEachSide = 2;

/**
 * The full text and the term frequencies, which are derived from the records: what changes is gathered and written once,
 * in the transaction that writes the records.
 */
export class TextIndex {
  private readonly changed = new Set<number>();
  private readonly counts = new Map<number, Map<string, number>>();

  constructor(private readonly connection: Connection) {}

  /** Forgets what a transaction that was taken back left to be done. */
  begin(): void {
    this.changed.clear();
    this.counts.clear();
  }

  /** A record is new, gone, or worded or placed again; with its words those of its neighbours change. */
  touch(id: number, place?: TurnPlace): void {
    this.changed.add(id);
    if (!place) return;
    for (const turn of turnsAround(this.connection, place, turnsEachSide, turnsEachSide))
      this.changed.add(turn.id);
  }

  /** The terms of a record come to a namespace, or go. */
  count(namespace: number, list: readonly string[], by: 1 | -1): void {
    const counts = this.counts.get(namespace) ?? new Map<string, number>();
    this.counts.set(namespace, counts);
    for (const term of new Set(list)) counts.set(term, (counts.get(term) ?? 0) + by);
  }

  finish(): void {
    for (const id of this.changed) this.writeWords(id);
    const add = this.connection.sql(
      `INSERT INTO memory_terms(term, namespace, documents) VALUES (?, ?, ?)
       ON CONFLICT(term, namespace) DO UPDATE SET documents = documents + excluded.documents`,
    );
    const clear = this.connection.sql(
      "DELETE FROM memory_terms WHERE term = ? AND namespace = ? AND documents <= 0",
    );
    for (const [namespace, counts] of this.counts) {
      for (const [term, by] of counts) {
        if (by !== 0) add.run(term, namespace, by);
        if (by < 0) clear.run(term, namespace);
      }
    }
    this.begin();
  }

  /** True where the records were indexed by this version of the normaliser. */
  get isCurrent(): boolean {
    return readMeta(this.connection, "terms_version") === String(TERMS_VERSION);
  }

  /** Makes all of it again from the records: where it is broken, or of another version of the normaliser. */
  rebuild(): void {
    const { connection, isCurrent } = this;
    connection.writing(() => {
      this.begin();
      connection.database.exec(`DROP TABLE IF EXISTS memory_words; ${wordsTable}; DELETE FROM memory_terms`);
      const rows = connection
        .sql(
          "SELECT id, namespace, terms, value ->> '$.text' AS text FROM memory_records WHERE terms IS NOT NULL",
        )
        .all() as { id: number; namespace: number; terms: string; text: string }[];
      const update = connection.sql("UPDATE memory_records SET terms = ? WHERE id = ?");
      for (const { id, namespace, terms: lines, text } of rows) {
        const list = isCurrent ? splitTerms(lines) : terms(text);
        if (!isCurrent) update.run(joinTerms(list), id);
        this.count(namespace, list, 1);
        this.changed.add(id);
      }
      this.finish();
      writeMeta(connection, "terms_version", String(TERMS_VERSION));
    });
  }

  private writeWords(id: number): void {
    const { connection } = this;
    const row = connection
      .sql("SELECT namespace, terms, conversation, position, superseded FROM memory_records WHERE id = ?")
      .get(id) as (TurnPlace & { terms: string | null; superseded: number }) | undefined;
    if (!row || row.terms === null) {
      connection.sql("DELETE FROM memory_words WHERE rowid = ?").run(id);
      return;
    }
    const near = turnsAround(connection, row, turnsEachSide, turnsEachSide).map((turn) => turn.terms);
    const place = row.superseded ? `n${row.namespace} old` : `n${row.namespace}`;
    connection
      .sql("INSERT OR REPLACE INTO memory_words(rowid, own, near, place) VALUES (?, ?, ?, ?)")
      .run(id, row.terms, near.join("\n"), place);
  }
}
