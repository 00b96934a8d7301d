import type { Prepared } from "./prepared.js";
import { bytesVector } from "./unit-vector.js";
import { type Near, VectorTable } from "./vector-table.js";

/** Search by meaning: the store's vectors in memory, kept in step with the file, whoever writes to it. */
export class VectorIndex {
  private readonly table = new VectorTable();
  /** The last change that was taken in; -1 before the first reading. */
  private sequence = -1;

  constructor(private readonly prepared: Prepared) {}

  get size(): number {
    return this.table.size;
  }

  /** Takes in what this or another process wrote since the last call. */
  refresh(): void {
    const newest = this.prepared.value<number | null>("SELECT max(sequence) FROM memory_changes") ?? 0;
    if (newest === this.sequence) return;
    const oldest = this.prepared.value<number | null>("SELECT min(sequence) FROM memory_changes") ?? 1;
    if (this.sequence < oldest - 1 || newest < this.sequence) this.readAll();
    else this.readChanged(this.sequence);
    this.sequence = newest;
  }

  /** Forgets everything, so that the next refresh reads the file again. */
  reset(): void {
    this.sequence = -1;
  }

  nearest(
    question: Float32Array,
    limit: number,
    namespaces: ReadonlySet<number> | null,
    superseded: boolean,
  ): Near[] {
    return this.table.nearest(question, limit, namespaces, superseded);
  }

  cosine(id: number, question: Float32Array): number | undefined {
    return this.table.cosine(id, question);
  }

  meanCosine(question: Float32Array, namespaces: ReadonlySet<number> | null): number | undefined {
    return this.table.meanCosine(question, namespaces);
  }

  private readAll(): void {
    this.table.clear();
    const rows = this.prepared.sql(
      `SELECT v.record AS id, r.namespace, r.superseded, v.vector
       FROM memory_vectors v JOIN memory_records r ON r.id = v.record ORDER BY v.record`,
    );
    for (const row of rows.iterate() as IterableIterator<VectorRow>) this.take(row);
  }

  private readChanged(since: number): void {
    const changed = this.prepared
      .sql("SELECT DISTINCT record AS id FROM memory_changes WHERE sequence > ?")
      .all(since) as { id: number }[];
    const find = this.prepared.sql(
      `SELECT v.record AS id, r.namespace, r.superseded, v.vector
       FROM memory_vectors v JOIN memory_records r ON r.id = v.record WHERE v.record = ?`,
    );
    for (const { id } of changed) {
      const row = find.get(id) as VectorRow | undefined;
      if (row) this.take(row);
      else this.table.remove(id);
    }
  }

  private take(row: VectorRow): void {
    this.table.set(row.id, row.namespace, row.superseded === 1, bytesVector(row.vector));
  }
}

interface VectorRow {
  id: number;
  namespace: number;
  superseded: number;
  vector: Buffer;
}
