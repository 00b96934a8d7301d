import type { HierarchicalNSW } from "hnswlib-node";
import { hnswLibrary } from "./hnsw-library.js";
import { keepBest, type Near, type VectorTable } from "./vector-table.js";

/** Links a node and the width of the search while building (Malkov & Yashunin 2018). */
export const graphSettings = { m: 16, efConstruction: 200 } as const;

/** How much larger the graph is made when it is full. */
const growth = 1.5;
const firstCapacity = 1024;
/** Milliseconds of building before the process may do something else, and the pause until the next portion. */
const portionMs = 10;
const pauseMs = 10;
/** Share of dead nodes at which the graph is built again. */
const tooMuchWaste = 0.5;

/** A file that `write` made, and what it holds. */
export interface SavedGraph {
  file: string;
  dimensions: number;
  dead: readonly number[];
}

/**
 * Approximate search by meaning: an HNSW graph of the vectors of a table, under the numbers of their records. It is kept
 * in step without ever making a search wait: what is not in the graph yet is searched exactly and is folded in a portion
 * at a time.
 */
export class HnswGraph {
  private index: HierarchicalNSW | undefined;
  /** Records that the graph can find. */
  private readonly members = new Set<number>();
  /** Nodes that only lead to others: their records are gone. */
  private readonly dead = new Set<number>();
  /** In the table, not in the graph. */
  private readonly waiting = new Set<number>();
  private timer: NodeJS.Timeout | undefined;
  isStarted = false;
  /** Changes since it was loaded or saved. */
  changes = 0;

  /** `ef` is how wide it searches: more finds more, slower. */
  constructor(
    private readonly table: VectorTable,
    private readonly ef: number,
  ) {}

  /**
   * Starts from a saved graph, which may be behind the table, or from nothing. The file has to be byte for byte what was
   * written: a damaged one can end the process.
   */
  start(saved?: SavedGraph): void {
    this.clear();
    this.isStarted = true;
    if (saved) {
      this.index = newIndex(saved.dimensions);
      this.index.readIndexSync(saved.file);
      for (const id of saved.dead) this.dead.add(id);
      for (const id of this.index.getIdsList()) if (!this.dead.has(id)) this.members.add(id);
    }
    for (const id of [...this.members]) if (!this.table.has(id)) this.touch(id);
    for (const id of this.table.allIds()) if (!this.members.has(id)) this.waiting.add(id);
  }

  /** Gives everything up. */
  clear(): void {
    this.stop();
    this.isStarted = false;
    this.index = undefined;
    this.changes = 0;
    for (const records of [this.members, this.dead, this.waiting]) records.clear();
  }

  /** A record of the table is new or gone, or something but its vector changed: a changed vector has a new number. */
  touch(id: number): void {
    if (!this.isStarted) return;
    if (this.table.has(id)) {
      if (!this.members.has(id)) this.waiting.add(id);
      return;
    }
    this.waiting.delete(id);
    if (!this.members.delete(id)) return;
    this.index?.markDelete(id);
    this.dead.add(id);
    this.changes += 1;
  }

  /** False while nothing was folded in. */
  get isThere(): boolean {
    return this.index !== undefined;
  }

  /** How many records it can find. */
  get size(): number {
    return this.members.size;
  }

  /** How many records of the table wait to be folded in. */
  get backlog(): number {
    return this.waiting.size;
  }

  deadIds(): number[] {
    return [...this.dead];
  }

  write(file: string): void {
    this.index?.writeIndexSync(file);
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
    if (this.dead.size > (this.dead.size + this.members.size) * tooMuchWaste) this.start();
    const until = performance.now() + milliseconds;
    for (const id of this.waiting) {
      const vector = this.table.vector(id);
      if (vector) this.add(id, vector);
      this.waiting.delete(id);
      if (performance.now() > until) break;
    }
    return this.waiting.size === 0;
  }

  /** About the `limit` nearest records among those that take part, best first, joined with an exact look at the backlog. */
  nearest(question: Float32Array, limit: number, takesPart?: (id: number) => boolean): Near[] {
    const best = this.nearestMembers(question, Math.min(limit, this.members.size), takesPart);
    const cosineOf = this.table.cosinesTo(question);
    for (const id of this.waiting) {
      if (!takesPart || takesPart(id)) keepBest(best, { id, cosine: cosineOf(id) ?? 0 }, limit);
    }
    return best;
  }

  private nearestMembers(
    question: Float32Array,
    limit: number,
    takesPart: ((id: number) => boolean) | undefined,
  ): Near[] {
    if (!this.index || limit === 0) return [];
    this.index.setEf(Math.max(this.ef, limit));
    const { neighbors, distances } = this.index.searchKnn(Array.from(question), limit, takesPart);
    return neighbors
      .map((id, place) => ({ id, cosine: 1 - distances[place]! }))
      .sort((left, right) => right.cosine - left.cosine || left.id - right.id);
  }

  private add(id: number, vector: Float32Array): void {
    if (!this.index) {
      this.index = newIndex(vector.length);
      this.index.initIndex({ maxElements: firstCapacity, ...graphSettings });
    }
    const capacity = this.index.getMaxElements();
    if (this.index.getCurrentCount() >= capacity) this.index.resizeIndex(Math.ceil(capacity * growth));
    this.index.addPoint(Array.from(vector), id);
    this.members.add(id);
    this.changes += 1;
  }
}

function newIndex(dimensions: number): HierarchicalNSW {
  const library = hnswLibrary();
  if (library === null) throw new Error("hnswlib-node is not there: an index must not be asked for.");
  return new library.HierarchicalNSW("cosine", dimensions);
}
