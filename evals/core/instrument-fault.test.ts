import { expect, it } from "vitest";
import { sums } from "../../dev/doubles/evals/sums.js";
import { resultsOf } from "./analysis/results-of.js";
import type { Instrument, Measure, Sample } from "./contract.js";
import { byInstrument, readingAnew } from "./instrument-fault.js";

const session = { items: [{ id: "3", version: "1" }] };
const put = (act: "word" | "read" | "score", work: () => unknown) =>
  byInstrument({ instrument: sums, session } as unknown as Parameters<typeof byInstrument>[0], 0, act, work);

it.each([
  ["score", { right: Number.NaN }, /could not score item 3 .*finite number/u],
  ["score", { right: "1" }, /could not score item 3/u],
  ["score", 7, /could not score item 3/u],
  ["read", "4", /could not read item 3 .*status: "answered"/u],
  ["read", { status: "answered" }, /could not read item 3/u],
  ["read", { status: "error", reason: "mine" }, /could not read item 3/u],
  ["word", { data: {}, key: null }, /could not word item 3 .*lines/u],
] as const)("what an instrument gives for %s is looked at: %j", (act, rubbish, said) => {
  expect(() => put(act, () => rubbish)).toThrow(said);
});

it("what can be used passes unchanged", () => {
  const scores = { right: 1, of: 2 };
  expect(put("score", () => scores)).toBe(scores);
  const item = {
    lines: [
      { by: "a", text: "?" },
      { by: "b", ask: true },
    ],
    data: undefined,
    key: null,
  };
  expect(put("word", () => item)).toBe(item);
});

it("a reply read anew by an instrument that throws is told with the item", () => {
  const broken = () => readingAnew(sums, "3", "read", () => JSON.parse("{"));
  expect(broken).toThrow(/sums has a fault: it could not read item 3 .*Nothing was changed/u);
});

const sample = {
  key: "k/0",
  session: "k",
  instrument: "sums",
  character: "a",
  condition: { method: "blank", model: "m", framing: "friend", arm: "" },
  item: "1",
  position: 0,
  repeat: 1,
  status: "answered",
  scores: { right: 1 },
  usage: {},
  cachedCalls: 0,
  latencyMs: null,
  degraded: [],
  at: "2026-01-01T00:00:00.000Z",
} as unknown as Sample;
const results = (changed: Partial<Instrument>) =>
  resultsOf({
    instrument: { ...sums, ...changed },
    samples: [sample],
    superseded: [],
    seed: "1",
    resamples: 50,
  });
const giving = (value: unknown): Partial<Instrument> => ({
  measures: [{ ...sums.measures[0], units: () => value } as unknown as Measure],
});
const unit = { character: "a", item: "1", repeat: 1 };

it.each([[[{ ...unit, value: Number.NaN }]], [[unit]], ["rubbish"]])("a measure gives %j", (value) => {
  expect(() => results(giving(value))).toThrow(/could not compute its measure right .*safe in the ledger/u);
});

it("a table with cells that are no text or number", () => {
  const tables = () => [
    { id: "t", title: "T", columns: [{ id: "a", title: "A" }], rows: [{ a: Number.NaN }] },
  ];
  expect(() => results({ tables })).toThrow(/sums has a fault: it could not make its tables/u);
});
