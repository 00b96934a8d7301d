import { bytesVector } from "../unit-vector.js";
import type { Connection } from "./connection.js";
import {
  type GraphManifest,
  type GraphOrigin,
  readManifest,
  removeGraph,
  removeHalfWritten,
  savedGraph,
  saveGraph,
} from "./hnsw-file.js";
import { HnswGraph } from "./hnsw-graph.js";
import { hnswLibrary } from "./hnsw-library.js";
import { readMeta, writeMeta } from "./meta.js";
import { type Near, VectorTable } from "./vector-table.js";

/** Changes after which a long-lived process saves the graph. */
const saveAfter = 10_000;
/** Share of the graph that has to be new for saving it at the end: writing it costs a second for 100,000 vectors. */
const worthSaving = 0.01;

export interface VectorIndexOptions {
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
  /** All vectors, as of the last {@link refresh}. */
  readonly table = new VectorTable();
  private readonly graph: HnswGraph;
  /** The last change that was taken in; -1 before the first reading. */
  private sequence = -1;
  /** Checksum of a saved graph whose file turned out to be missing or damaged. */
  private damaged: string | undefined;
  /** Which vectors those are: it changes when the store is embedded again. */
  private vectors: string | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly options: VectorIndexOptions,
  ) {
    this.graph = new HnswGraph(this.table, options.ef);
  }

  /** Takes in what this or another process wrote since the last call. */
  refresh(): void {
    const vectors = readMeta(this.connection, "vectors");
    const newest = this.connection.value<number | null>("SELECT max(sequence) FROM memory_changes") ?? 0;
    if (newest === this.sequence && vectors === this.vectors) return;
    if (vectors !== this.vectors || !this.reachesBack(this.sequence) || newest < this.sequence) {
      this.readAll();
      this.vectors = vectors;
      this.sequence = newest;
      this.openGraph();
    } else {
      for (const id of this.changedSince(this.sequence)) {
        this.readOne(id);
        this.graph.touch(id);
      }
      this.sequence = newest;
      if (this.wantsGraph && !this.graph.isStarted) this.graph.start();
    }
    this.graph.foldInBackground();
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
      !this.graph.isThere ||
      this.table.countIn(namespaces) < exactBelow ||
      this.graph.backlog > exactBelow
    ) {
      return this.table.nearest(question, limit, namespaces, superseded);
    }
    const all = namespaces === null && (superseded || !this.table.anySuperseded);
    const takesPart = (id: number) => this.table.takesPart(id, namespaces, superseded);
    return this.graph.nearest(question, limit, all ? undefined : takesPart);
  }

  /** Builds what is missing of the graph now, in portions that let the process breathe. */
  async build(onProgress?: (done: number, total: number) => void): Promise<void> {
    if (!this.wantsGraph) return;
    this.graph.stop();
    if (!this.graph.isStarted) this.graph.start();
    const total = this.table.size;
    for (let done = false; !done; ) {
      done = this.graph.fold(100);
      onProgress?.(total - this.graph.backlog, total);
      await new Promise(setImmediate);
    }
  }

  /** In a long life: true where very much of the graph changed since it was saved. */
  get isDueForSaving(): boolean {
    return this.graph.changes >= saveAfter && this.graph.backlog === 0;
  }

  /** At the end: saves the graph unless so little changed that the next opening takes it in as fast. */
  saveAtClose(): void {
    if (this.graph.changes > this.graph.size * worthSaving) this.save();
  }

  /** Saves the graph where it changed; a full disk or a busy store only costs the next opening some time. */
  save(): void {
    const origin = this.origin();
    const { graph } = this;
    if (this.connection.path === ":memory:" || !origin || !graph.isThere || graph.changes === 0) return;
    try {
      this.connection.writing(() => {
        const saved = this.savedManifest(origin);
        if (saved && saved.sequence >= this.sequence && saved.size >= graph.size) return;
        const manifest = saveGraph(this.connection.path, graph, origin, this.sequence);
        writeMeta(this.connection, "graph", manifest.sha256);
      });
      this.graph.changes = 0;
    } catch {
      // The index is derived: what could not be saved is built again from the file.
    }
  }

  /** Drops the graph, saved and in memory, where it still holds vectors of deleted records. */
  forgetDead(): void {
    const dead = this.graph.deadIds().length > 0;
    if (this.connection.path !== ":memory:" && (dead || !this.graph.isThere)) {
      removeGraph(this.connection.path);
      writeMeta(this.connection, "graph", null);
    }
    if (dead) this.graph.start();
    this.graph.foldInBackground();
  }

  /** The saved graph's manifest, where the store remembers to have saved just this one. */
  private savedManifest(origin: GraphOrigin): GraphManifest | undefined {
    const manifest = readManifest(this.connection.path, origin);
    if (manifest === undefined || manifest.sha256 === this.damaged) return undefined;
    return manifest.sha256 === readMeta(this.connection, "graph") ? manifest : undefined;
  }

  stop(): void {
    this.graph.stop();
  }

  private get wantsGraph(): boolean {
    return this.table.size >= this.options.exactBelow && hnswLibrary() !== null;
  }

  private openGraph(): void {
    const origin = this.origin();
    if (this.connection.path !== ":memory:") removeHalfWritten(this.connection.path);
    if (!this.wantsGraph || !origin) {
      this.graph.clear();
      return;
    }
    const manifest = this.connection.path === ":memory:" ? undefined : this.savedManifest(origin);
    const saved = manifest && savedGraph(this.connection.path, manifest);
    this.damaged = manifest && !saved ? manifest.sha256 : undefined;
    this.graph.start(saved);
  }

  private origin(): GraphOrigin | undefined {
    const store = readMeta(this.connection, "store");
    const vectors = this.vectors;
    const dimensions = readMeta(this.connection, "embedding_dimensions");
    if (store === undefined || vectors === undefined || dimensions === undefined) return undefined;
    return { store, vectors, dimensions: Number(dimensions) };
  }

  /** True where the change log still holds everything after a change. */
  private reachesBack(sequence: number): boolean {
    const oldest = this.connection.value<number | null>("SELECT min(sequence) FROM memory_changes") ?? 1;
    return sequence >= oldest - 1;
  }

  private changedSince(sequence: number): number[] {
    const rows = this.connection
      .sql("SELECT DISTINCT record AS id FROM memory_changes WHERE sequence > ?")
      .all(sequence) as { id: number }[];
    return rows.map(({ id }) => id);
  }

  private readAll(): void {
    this.table.clear();
    // Two scans, of a narrow index and of the vectors, are faster than a join that reads every record.
    const places = new Map<number, Omit<VectorRow, "vector">>();
    const records = this.connection.sql("SELECT id, namespace, superseded FROM memory_records");
    for (const row of records.iterate() as IterableIterator<VectorRow>) places.set(row.id, row);
    const vectors = this.connection.sql("SELECT record AS id, vector FROM memory_vectors ORDER BY record");
    for (const { id, vector } of vectors.iterate() as IterableIterator<VectorRow>) {
      const place = places.get(id);
      if (place) this.take({ ...place, vector });
    }
  }

  private readOne(id: number): void {
    const row = this.connection
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
