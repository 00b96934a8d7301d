import type { HierarchicalNSW } from "hnswlib-node";
import { hnswLibrary } from "./hnsw-library.js";
import type { Near } from "./vector-table.js";

/** Links a node and the width of the search while building (Malkov & Yashunin 2018). */
export const graphSettings = { m: 16, efConstruction: 200 } as const;

/** How much larger the graph is made when it is full. */
const growth = 1.5;
const firstCapacity = 1024;

/** Approximate search by meaning: an HNSW graph of unit vectors under the numbers of their records. */
export class HnswGraph {
  private readonly members = new Set<number>();
  /** Nodes that only lead to others: their records are gone. */
  private readonly dead = new Set<number>();

  private constructor(
    private readonly index: HierarchicalNSW,
    private readonly ef: number,
  ) {}

  /** An empty graph. `ef` is how wide it searches: more finds more, slower. */
  static empty(dimensions: number, ef: number): HnswGraph {
    const index = newIndex(dimensions);
    index.initIndex({ maxElements: firstCapacity, ...graphSettings });
    return new HnswGraph(index, ef);
  }

  /** A graph from its file, which has to be one that {@link write} made: a damaged one can end the process. */
  static read(file: string, from: { dimensions: number; dead: readonly number[] }, ef: number): HnswGraph {
    const index = newIndex(from.dimensions);
    index.readIndexSync(file);
    const graph = new HnswGraph(index, ef);
    for (const id of from.dead) graph.dead.add(id);
    for (const id of index.getIdsList()) if (!graph.dead.has(id)) graph.members.add(id);
    return graph;
  }

  write(file: string): void {
    this.index.writeIndexSync(file);
  }

  /** Records that it can find. */
  get size(): number {
    return this.members.size;
  }

  get wastedShare(): number {
    return this.dead.size === 0 ? 0 : this.dead.size / (this.dead.size + this.members.size);
  }

  deadIds(): number[] {
    return [...this.dead];
  }

  has(id: number): boolean {
    return this.members.has(id);
  }

  ids(): IterableIterator<number> {
    return this.members.values();
  }

  /** Adds a record. Its number must be new: replacing a vector in place would leave others hard to reach. */
  add(id: number, vector: Float32Array): void {
    const capacity = this.index.getMaxElements();
    if (this.index.getCurrentCount() >= capacity) this.index.resizeIndex(Math.ceil(capacity * growth));
    this.index.addPoint(Array.from(vector), id);
    this.members.add(id);
  }

  remove(id: number): void {
    if (!this.members.delete(id)) return;
    this.index.markDelete(id);
    this.dead.add(id);
  }

  /** About the `limit` records nearest to the question among those that take part, best first. */
  nearest(question: Float32Array, limit: number, takesPart?: (id: number) => boolean): Near[] {
    const wanted = Math.min(limit, this.members.size);
    if (wanted === 0) return [];
    this.index.setEf(Math.max(this.ef, wanted));
    const { neighbors, distances } = this.index.searchKnn(Array.from(question), wanted, takesPart);
    return neighbors
      .map((id, place) => ({ id, cosine: 1 - distances[place]! }))
      .sort((left, right) => right.cosine - left.cosine || left.id - right.id);
  }
}

function newIndex(dimensions: number): HierarchicalNSW {
  const library = hnswLibrary();
  if (library === null) throw new Error("hnswlib-node is not there: an index must not be asked for.");
  return new library.HierarchicalNSW("cosine", dimensions);
}
