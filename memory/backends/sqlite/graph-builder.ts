import { HnswGraph } from "./hnsw-graph.js";
import { keepBest, type Near, type VectorTable } from "./vector-table.js";

/** Milliseconds of building before the process may do something else, and the pause until the next portion. */
const portionMs = 10;
const pauseMs = 10;
/** Share of dead nodes at which the graph is built anew. */
const tooMuchWaste = 0.5;

/**
 * Keeps an HNSW graph in step with a vector table without ever making a search wait: what is not in the graph yet
 * is searched exactly and is folded in a portion at a time.
 */
export class GraphBuilder {
  private graph: HnswGraph | undefined;
  /** In the table, not in the graph. */
  private readonly waiting = new Set<number>();
  private started = false;
  private timer: NodeJS.Timeout | undefined;
  /** Changes of the graph since it was loaded or saved. */
  changes = 0;

  constructor(
    private readonly table: VectorTable,
    private readonly ef: number,
  ) {}

  /** Starts from a saved graph, which may be behind the table, or from nothing. */
  start(saved?: HnswGraph): void {
    this.clear();
    this.started = true;
    this.graph = saved;
    for (const id of [...(saved?.ids() ?? [])]) {
      if (!this.table.has(id)) this.touch(id);
    }
    for (const id of this.table.allIds()) if (!saved?.has(id)) this.waiting.add(id);
  }

  /** Gives everything up. */
  clear(): void {
    this.stop();
    this.started = false;
    this.graph = undefined;
    this.changes = 0;
    this.waiting.clear();
  }

  /** A record of the table is new or gone, or something but its vector changed. */
  touch(id: number): void {
    if (!this.started) return;
    if (this.table.has(id)) {
      if (!this.graph?.has(id)) this.waiting.add(id);
      return;
    }
    this.waiting.delete(id);
    if (!this.graph?.has(id)) return;
    this.graph.remove(id);
    this.changes += 1;
  }

  get isStarted(): boolean {
    return this.started;
  }

  get backlog(): number {
    return this.waiting.size;
  }

  current(): HnswGraph | undefined {
    return this.graph;
  }

  /** Folds the backlog in while the process has nothing else to do; does not keep it alive. */
  foldInBackground(): void {
    if (this.timer || this.waiting.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.fold(portionMs);
      this.foldInBackground();
    }, pauseMs).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Folds for some milliseconds (at least one record); true when nothing is left. */
  fold(milliseconds: number): boolean {
    if (this.graph && this.graph.wastedShare > tooMuchWaste) this.start();
    const until = performance.now() + milliseconds;
    for (const id of this.waiting) {
      const vector = this.table.vector(id);
      if (vector) {
        this.graph ??= HnswGraph.empty(vector.length, this.ef);
        this.graph.add(id, vector);
        this.changes += 1;
      }
      this.waiting.delete(id);
      if (performance.now() > until) break;
    }
    return this.waiting.size === 0;
  }

  /** Nearest records by the graph, joined with an exact look at the backlog. */
  nearest(question: Float32Array, limit: number, takesPart: ((id: number) => boolean) | undefined): Near[] {
    const best = this.graph?.nearest(question, limit, takesPart) ?? [];
    for (const id of this.waiting) {
      if (takesPart && !takesPart(id)) continue;
      keepBest(best, { id, cosine: this.table.cosine(id, question) ?? 0 }, limit);
    }
    return best;
  }
}
