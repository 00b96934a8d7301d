/** Vectors a block: the table grows without copying what it holds. */
const blockVectors = 4096;

/** A found record and its cosine to the question. */
export interface Near {
  id: number;
  cosine: number;
}

/**
 * All vectors of a store in memory, each of length 1, in flat blocks: exact search, cosine of one record,
 * and the mean cosine, which is the cosine to the sum.
 */
export class VectorTable {
  private dimensions = 0;
  private readonly blocks: Float32Array[] = [];
  private readonly ids: number[] = [];
  private readonly slots = new Map<number, number>();
  private readonly namespaces: number[] = [];
  private readonly superseded: boolean[] = [];
  private supersededCount = 0;
  private readonly sums = new Map<number, { sum: Float64Array; count: number }>();

  get size(): number {
    return this.ids.length;
  }

  get anySuperseded(): boolean {
    return this.supersededCount > 0;
  }

  has(id: number): boolean {
    return this.slots.has(id);
  }

  allIds(): readonly number[] {
    return this.ids;
  }

  /** How many vectors some namespaces hold; of all, where none are named. */
  countIn(namespaces: ReadonlySet<number> | null): number {
    if (namespaces === null) return this.size;
    let count = 0;
    for (const namespace of namespaces) count += this.sums.get(namespace)?.count ?? 0;
    return count;
  }

  set(id: number, namespace: number, superseded: boolean, vector: Float32Array): void {
    this.remove(id);
    if (this.size === 0) this.reset(vector.length);
    const slot = this.ids.length;
    if (slot % blockVectors === 0 && this.blocks.length * blockVectors <= slot) {
      this.blocks.push(new Float32Array(blockVectors * this.dimensions));
    }
    this.ids.push(id);
    this.namespaces.push(namespace);
    this.superseded.push(superseded);
    if (superseded) this.supersededCount += 1;
    this.slots.set(id, slot);
    this.vectorAt(slot).set(vector);
    this.add(namespace, vector, 1);
  }

  remove(id: number): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    this.add(this.namespaces[slot]!, this.vectorAt(slot), -1);
    if (this.superseded[slot]) this.supersededCount -= 1;
    const last = this.ids.length - 1;
    if (slot !== last) {
      this.vectorAt(slot).set(this.vectorAt(last));
      this.ids[slot] = this.ids[last]!;
      this.namespaces[slot] = this.namespaces[last]!;
      this.superseded[slot] = this.superseded[last]!;
      this.slots.set(this.ids[slot]!, slot);
    }
    this.ids.pop();
    this.namespaces.pop();
    this.superseded.pop();
    this.slots.delete(id);
  }

  clear(): void {
    this.reset(0);
  }

  vector(id: number): Float32Array | undefined {
    const slot = this.slots.get(id);
    return slot === undefined ? undefined : this.vectorAt(slot);
  }

  /** True where a record takes part in a search of these namespaces. */
  takesPart(id: number, namespaces: ReadonlySet<number> | null, superseded: boolean): boolean {
    const slot = this.slots.get(id);
    return slot !== undefined && this.slotTakesPart(slot, namespaces, superseded);
  }

  cosine(id: number, question: Float32Array): number | undefined {
    const slot = this.slots.get(id);
    if (slot === undefined) return undefined;
    const block = this.blocks[Math.floor(slot / blockVectors)]!;
    return dense(question)(block, (slot % blockVectors) * this.dimensions);
  }

  /** As `cosine`, for many records of one question, of which some are asked for again and again. */
  cosinesTo(question: Float32Array): (id: number) => number | undefined {
    const cosine = dense(question);
    const known = new Map<number, number>();
    return (id) => {
      const found = known.get(id);
      if (found !== undefined) return found;
      const slot = this.slots.get(id);
      if (slot === undefined) return undefined;
      const block = this.blocks[Math.floor(slot / blockVectors)]!;
      const made = cosine(block, (slot % blockVectors) * this.dimensions);
      known.set(id, made);
      return made;
    };
  }

  /** The `limit` records nearest to the question, best first; equal ones by their id. */
  nearest(
    question: Float32Array,
    limit: number,
    namespaces: ReadonlySet<number> | null,
    superseded: boolean,
  ): Near[] {
    const best: Near[] = [];
    const cosine = cosineTo(question);
    for (let slot = 0; slot < this.ids.length; slot += 1) {
      if (!this.slotTakesPart(slot, namespaces, superseded)) continue;
      const block = this.blocks[Math.floor(slot / blockVectors)]!;
      const found = cosine(block, (slot % blockVectors) * this.dimensions);
      if (best.length < limit || found >= best[best.length - 1]!.cosine) {
        keepBest(best, { id: this.ids[slot]!, cosine: found }, limit);
      }
    }
    return best;
  }

  /** Mean cosine of all vectors of the namespaces to the question; undefined where there is none. */
  meanCosine(question: Float32Array, namespaces: ReadonlySet<number> | null): number | undefined {
    let total = 0;
    let count = 0;
    for (const [namespace, entry] of this.sums) {
      if (namespaces !== null && !namespaces.has(namespace)) continue;
      count += entry.count;
      for (let index = 0; index < question.length; index += 1) total += entry.sum[index]! * question[index]!;
    }
    return count === 0 ? undefined : total / count;
  }

  private slotTakesPart(slot: number, namespaces: ReadonlySet<number> | null, superseded: boolean): boolean {
    return (
      (superseded || !this.superseded[slot]) &&
      (namespaces === null || namespaces.has(this.namespaces[slot]!))
    );
  }

  private vectorAt(slot: number): Float32Array {
    const start = (slot % blockVectors) * this.dimensions;
    return this.blocks[Math.floor(slot / blockVectors)]!.subarray(start, start + this.dimensions);
  }

  private add(namespace: number, vector: Float32Array, by: 1 | -1): void {
    const entry = this.sums.get(namespace) ?? { sum: new Float64Array(vector.length), count: 0 };
    this.sums.set(namespace, entry);
    entry.count += by;
    for (let index = 0; index < vector.length; index += 1) entry.sum[index]! += by * vector[index]!;
    if (entry.count === 0) this.sums.delete(namespace);
  }

  private reset(dimensions: number): void {
    this.dimensions = dimensions;
    for (const list of [this.blocks, this.ids, this.namespaces, this.superseded]) list.length = 0;
    this.supersededCount = 0;
    this.slots.clear();
    this.sums.clear();
  }
}

/** Cosine of a question to the vector that starts at a place of a block. */
type Cosine = (block: Float32Array, start: number) => number;

/** Hashed vectors of short questions are mostly zeros, which need no multiplying. */
function cosineTo(question: Float32Array): Cosine {
  const places = [...question.keys()].filter((index) => question[index] !== 0);
  return places.length < question.length / 3 ? sparse(question, places) : dense(question);
}

function sparse(question: Float32Array, places: readonly number[]): Cosine {
  const at = Int32Array.from(places);
  const parts = Float32Array.from(places, (place) => question[place]!);
  return (block, start) => {
    let sum = 0;
    for (let index = 0; index < at.length; index += 1) sum += block[start + at[index]!]! * parts[index]!;
    return sum;
  };
}

/** Four sums at once, which the processor can work on side by side. */
function dense(question: Float32Array): Cosine {
  const whole = question.length - (question.length % 4);
  return (block, start) => {
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let index = 0; index < whole; index += 4) {
      const place = start + index;
      first += block[place]! * question[index]!;
      second += block[place + 1]! * question[index + 1]!;
      third += block[place + 2]! * question[index + 2]!;
      fourth += block[place + 3]! * question[index + 3]!;
    }
    for (let index = whole; index < question.length; index += 1)
      first += block[start + index]! * question[index]!;
    return first + second + third + fourth;
  };
}

/** Keeps a list of at most `limit` found records sorted, best first. */
export function keepBest(best: Near[], found: Near, limit: number): void {
  const last = best[best.length - 1];
  if (best.length >= limit && (last === undefined || !better(found, last))) return;
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (better(found, best[middle]!)) high = middle;
    else low = middle + 1;
  }
  best.splice(low, 0, found);
  if (best.length > limit) best.pop();
}

function better(left: Near, right: Near): boolean {
  return left.cosine > right.cosine || (left.cosine === right.cosine && left.id < right.id);
}
