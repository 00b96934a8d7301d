import { expect, it } from "vitest";
import { unitVector } from "../unit-vector.js";
import { VectorTable } from "./vector-table.js";

/** A repeatable source of numbers in [0, 1) (Park & Miller 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, part, index) => sum + part * right[index]!, 0);
}

it.each([
  ["dense questions", 1],
  ["questions of mostly zeros", 0.1],
])("finds what looking at everything finds, with %s, after changes and removals", (_name, filled) => {
  const random = numbers(7);
  const vector = (share: number) =>
    unitVector(Array.from({ length: 30 }, () => (random() < share ? random() - 0.5 : 0)));
  const table = new VectorTable();
  const kept = new Map<number, { vector: Float32Array; namespace: number; superseded: boolean }>();
  for (let id = 1; id <= 9000; id += 1) {
    const entry = { vector: vector(1)!, namespace: id % 3, superseded: id % 7 === 0 };
    table.set(id, entry.namespace, entry.superseded, entry.vector);
    kept.set(id, entry);
  }
  for (let id = 1; id <= 9000; id += 4) {
    table.remove(id);
    kept.delete(id);
  }
  table.remove(1);
  table.set(2, 0, false, kept.get(3)!.vector);
  kept.set(2, { ...kept.get(3)!, namespace: 0, superseded: false });

  const question = vector(filled)!;
  for (const namespaces of [null, new Set([1]), new Set([0, 2]), new Set<number>()]) {
    for (const superseded of [true, false]) {
      const expected = [...kept]
        .filter(
          ([, entry]) => (namespaces?.has(entry.namespace) ?? true) && (superseded || !entry.superseded),
        )
        .map(([id, entry]) => ({ id, cosine: dot(entry.vector, question) }))
        .sort((left, right) => right.cosine - left.cosine || left.id - right.id)
        .slice(0, 20);
      const found = table.nearest(question, 20, namespaces, superseded);
      expect(found.map(({ cosine }) => cosine.toFixed(5))).toEqual(
        expected.map(({ cosine }) => cosine.toFixed(5)),
      );
      for (const { id, cosine } of found) expect(table.cosine(id, question)).toBeCloseTo(cosine, 5);
    }
  }
  const inFirst = [...kept.values()].filter(({ namespace }) => namespace === 1);
  const mean = inFirst.reduce((sum, entry) => sum + dot(entry.vector, question), 0) / inFirst.length;
  expect(table.meanCosine(question, new Set([1]))).toBeCloseTo(mean, 5);
  expect(table.meanCosine(question, new Set([9]))).toBeUndefined();
  expect(table.countIn(new Set([1]))).toBe(inFirst.length);
});
