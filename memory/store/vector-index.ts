import { GraphBuilder } from "./graph-builder.js";
import {
  type GraphManifest,
  type GraphOrigin,
  loadGraph,
  readManifest,
  removeGraph,
  removeHalfWritten,
  saveGraph,
} from "./hnsw-file.js";
import type { Prepared } from "./prepared.js";
import { readMeta, writeMeta } from "./schema.js";
import { bytesVector } from "./unit-vector.js";
import { type Near, VectorTable } from "./vector-table.js";

/** Changes after which a long-lived process saves the graph. */
const saveAfter = 10_000;
/** Share of the graph that has to be new for saving it at the end: writing it costs a second for 100,000 vectors. */
const worthSaving = 0.01;

export interface VectorIndexOptions {
  /** File of the store; the graph is saved beside it, unless it is ":memory:". */
  path: string;
  /** Below this many vectors in scope, all are compared; a store smaller than this has no graph. */
  exactBelow: number;
  /** Width of the graph's search. */
  ef: number;
}

/**
 * Search by meaning: the store's vectors in memory, kept in step with the file, whoever writes to it, and for large
 * stores an HNSW graph. All of it is derived: what is missing, stale or damaged is made again from the file.
 */
export class VectorIndex {
  private readonly table = new VectorTable();
  private readonly builder: GraphBuilder;
  /** The last change that was taken in; -1 before the first reading. */
  private sequence = -1;
  /** Checksum of a saved graph whose file turned out to be missing or damaged. */
  private damaged: string | undefined;
  /** Which vectors those are: it changes when the store is embedded anew. */
  private vectors: string | undefined;

  constructor(
    private readonly prepared: Prepared,
    private readonly options: VectorIndexOptions,
  ) {
    this.builder = new GraphBuilder(this.table, options.ef);
  }

  get size(): number {
    return this.table.size;
  }

  has(id: number): boolean {
    return this.table.has(id);
  }

  /** Takes in what this or another process wrote since the last call. */
  refresh(): void {
    const vectors = readMeta(this.prepared, "vectors");
    const newest = this.prepared.value<number | null>("SELECT max(sequence) FROM memory_changes") ?? 0;
    if (newest === this.sequence && vectors === this.vectors) return;
    if (vectors !== this.vectors || !this.reachesBack(this.sequence) || newest < this.sequence) {
      this.readAll();
      this.vectors = vectors;
      this.sequence = newest;
      this.openGraph();
    } else {
      for (const id of this.changedSince(this.sequence)) {
        this.readOne(id);
        this.builder.touch(id);
      }
      this.sequence = newest;
      if (this.wantsGraph && !this.builder.isStarted) this.builder.start();
    }
    this.builder.foldInBackground();
  }

  /** Nearest records: exactly where few are in scope, otherwise by the graph. */
  nearest(
    question: Float32Array,
    limit: number,
    namespaces: ReadonlySet<number> | null,
    superseded: boolean,
  ): Near[] {
    const { exactBelow } = this.options;
    if (
      !this.builder.current() ||
      this.table.countIn(namespaces) < exactBelow ||
      this.builder.backlog > exactBelow
    ) {
      return this.table.nearest(question, limit, namespaces, superseded);
    }
    const all = namespaces === null && (superseded || !this.table.anySuperseded);
    const takesPart = (id: number) => this.table.takesPart(id, namespaces, superseded);
    return this.builder.nearest(question, limit, all ? undefined : takesPart);
  }

  /** The cosine of a record to one question, each worked out once; undefined where it has no vector. */
  cosinesTo(question: Float32Array): (id: number) => number | undefined {
    return this.table.cosinesTo(question);
  }

  meanCosine(question: Float32Array, namespaces: ReadonlySet<number> | null): number | undefined {
    return this.table.meanCosine(question, namespaces);
  }

  /** Builds what is missing of the graph now, in portions that let the process breathe. */
  async build(onProgress?: (done: number, total: number) => void): Promise<void> {
    if (!this.wantsGraph) return;
    this.builder.stop();
    if (!this.builder.isStarted) this.builder.start();
    const total = this.table.size;
    for (let done = false; !done; ) {
      done = this.builder.fold(100);
      onProgress?.(total - this.builder.backlog, total);
      await new Promise(setImmediate);
    }
    this.save();
  }

  /** In a long life: saves the graph where very much of it changed since it was saved. */
  saveWhenDue(): void {
    if (this.builder.changes >= saveAfter && this.builder.backlog === 0) this.save();
  }

  /** At the end: saves the graph unless so little changed that the next opening takes it in as fast. */
  saveAtClose(): void {
    const size = this.builder.current()?.size ?? 0;
    if (this.builder.changes > size * worthSaving) this.save();
  }

  /** Saves the graph where it changed; a full disk or a busy store only costs the next opening some time. */
  save(): void {
    const origin = this.origin();
    const graph = this.builder.current();
    if (this.options.path === ":memory:" || !origin || !graph || this.builder.changes === 0) return;
    try {
      this.prepared.writing(() => {
        const saved = this.savedManifest(origin);
        if (saved && saved.sequence >= this.sequence && saved.size >= graph.size) return;
        const manifest = saveGraph(this.options.path, graph, origin, this.sequence);
        writeMeta(this.prepared, "graph", manifest.sha256);
      });
      this.builder.changes = 0;
    } catch {
      // The index is derived: what could not be saved is built again from the file.
    }
  }

  /** Drops the graph, saved and in memory, where it still holds vectors of deleted records. */
  forgetDead(): void {
    const dead = (this.builder.current()?.wastedShare ?? 0) > 0;
    if (this.options.path !== ":memory:" && (dead || !this.builder.current())) {
      removeGraph(this.options.path);
      writeMeta(this.prepared, "graph", null);
    }
    if (dead) this.builder.start();
    this.builder.foldInBackground();
  }

  /** The saved graph's manifest, where the store remembers to have saved just this one. */
  private savedManifest(origin: GraphOrigin): GraphManifest | undefined {
    const manifest = readManifest(this.options.path, origin);
    if (manifest === undefined || manifest.sha256 === this.damaged) return undefined;
    return manifest.sha256 === readMeta(this.prepared, "graph") ? manifest : undefined;
  }

  stop(): void {
    this.builder.stop();
  }

  private get wantsGraph(): boolean {
    return this.table.size >= this.options.exactBelow;
  }

  private openGraph(): void {
    const origin = this.origin();
    if (this.options.path !== ":memory:") removeHalfWritten(this.options.path);
    if (!this.wantsGraph || !origin) {
      this.builder.clear();
      return;
    }
    const manifest = this.options.path === ":memory:" ? undefined : this.savedManifest(origin);
    const graph = manifest && loadGraph(this.options.path, manifest, this.options.ef);
    this.damaged = manifest && !graph ? manifest.sha256 : undefined;
    this.builder.start(graph);
  }

  private origin(): GraphOrigin | undefined {
    const store = readMeta(this.prepared, "store");
    const vectors = this.vectors;
    const dimensions = readMeta(this.prepared, "embedding_dimensions");
    if (store === undefined || vectors === undefined || dimensions === undefined) return undefined;
    return { store, vectors, dimensions: Number(dimensions) };
  }

  /** True where the change log still holds everything after a change. */
  private reachesBack(sequence: number): boolean {
    const oldest = this.prepared.value<number | null>("SELECT min(sequence) FROM memory_changes") ?? 1;
    return sequence >= oldest - 1;
  }

  private changedSince(sequence: number): number[] {
    const rows = this.prepared
      .sql("SELECT DISTINCT record AS id FROM memory_changes WHERE sequence > ?")
      .all(sequence) as { id: number }[];
    return rows.map(({ id }) => id);
  }

  private readAll(): void {
    this.table.clear();
    // Two scans, of a narrow index and of the vectors, are faster than a join that reads every record.
    const places = new Map<number, Omit<VectorRow, "vector">>();
    const records = this.prepared.sql("SELECT id, namespace, superseded FROM memory_records");
    for (const row of records.iterate() as IterableIterator<VectorRow>) places.set(row.id, row);
    const vectors = this.prepared.sql("SELECT record AS id, vector FROM memory_vectors ORDER BY record");
    for (const { id, vector } of vectors.iterate() as IterableIterator<VectorRow>) {
      const place = places.get(id);
      if (place) this.take({ ...place, vector });
    }
  }

  private readOne(id: number): void {
    const row = this.prepared
      .sql(
        `SELECT v.record AS id, r.namespace, r.superseded, v.vector
         FROM memory_vectors v JOIN memory_records r ON r.id = v.record WHERE v.record = ?`,
      )
      .get(id) as VectorRow | undefined;
    if (row) this.take(row);
    else this.table.remove(id);
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
