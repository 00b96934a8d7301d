import { describe, expect, it } from "vitest";
import { sampleOf } from "../../../dev/doubles/evals/sample-of-sums.js";
import { sums } from "../../../dev/doubles/evals/sums.js";
import type { Sample } from "../contract.js";
import { failUnder } from "./fail-under.js";
import { resultsSchema } from "./results.js";
import { type ResultsRequest, resultsOf } from "./results-of.js";

const results = (samples: Sample[], more: Partial<ResultsRequest> = {}) =>
  resultsOf({ instrument: sums, samples, superseded: [], seed: "1", resamples: 500, ...more });
const people = Array.from({ length: 12 }, (_, at) => `c${at + 1}`);
/** Every person answers ten items; the first `right` of them rightly, one more for every third person. */
const answersOf = (method: string, right: number) =>
  people.flatMap((person, at) =>
    Array.from({ length: 10 }, (_, item) =>
      sampleOf(method, person, item + 1, { ended: item < right + (at % 3 === 0 ? 1 : 0) ? 1 : 0 }),
    ),
  );

describe("results", () => {
  it("a mean speaks of the answered only, and says what it leaves out", () => {
    const samples = [
      sampleOf("blank", "anna", 1),
      sampleOf("blank", "anna", 2, { ended: 0 }),
      sampleOf("blank", "anna", 3, { ended: "refused" }),
      sampleOf("blank", "ben", 1, { ended: "unparsable" }),
      sampleOf("blank", "ben", 2, { ended: 1 }),
    ];
    const [measure] = results(samples).measures;
    expect(measure?.conditions[0]).toMatchObject({
      n: 3,
      characters: 2,
      items: 3,
      mean: 2 / 3,
      leftOut: { refused: 1, unparsable: 1 },
      distribution: [
        { from: 0, to: 0, n: 1 },
        { from: 1, to: 1, n: 2 },
      ],
    });
  });

  it("are the same in whatever order the samples come", () => {
    const samples = [...answersOf("macm", 8), ...answersOf("blank", 3)];
    expect(results([...samples].reverse())).toEqual(results(samples));
  });

  it("one answer of one person has a mean, and no interval", () => {
    const [measure] = results([sampleOf("blank", "anna", 1)]).measures;
    expect(measure?.conditions[0]).toMatchObject({ mean: 1, interval: { undefined: "too-few" } });
    const [nothing] = results([sampleOf("blank", "anna", 1, { ended: "refused" })]).measures;
    expect(nothing?.conditions[0]).toMatchObject({ n: 0, mean: { undefined: "empty" } });
  });

  it("answers that are all alike have no bootstrap interval: Wilson's where they are yes or no, else none, with the reason", () => {
    const never = people.map((person) => sampleOf("blank", person, 1, { ended: 0 }));
    const [yesOrNo] = results(never).measures[0]?.conditions ?? [];
    expect(yesOrNo).toMatchObject({
      mean: 0,
      intervalBy: "wilson",
      standardError: { undefined: "degenerate-bootstrap" },
    });
    const [low, high] = Object.values(yesOrNo?.interval ?? {});
    // 12 answers, none a yes: z^2 / (n + z^2).
    expect([low, high]).toEqual([0, expect.closeTo(0.2425, 4)]);
    const points = { ...sums, measures: sums.measures.map((measure) => ({ ...measure, binary: false })) };
    expect(results(never, { instrument: points }).measures[0]?.conditions[0]).toMatchObject({
      interval: { undefined: "degenerate-bootstrap" },
      intervalBy: null,
    });
    const always = never.map(({ condition, ...sample }) => ({
      ...sample,
      condition: { ...condition, method: "macm" },
    }));
    expect(results([...never, ...always]).comparisons[0]).toMatchObject({
      difference: 0,
      interval: { undefined: "degenerate-bootstrap" },
    });
    expect(results(answersOf("blank", 3)).measures[0]?.conditions[0]?.intervalBy).toBe("bootstrap");
  });

  it("warns by the condition with the fewest, in the measure's own words", () => {
    const few = [...answersOf("macm", 8), sampleOf("blank", "c1", 1), sampleOf("blank", "c2", 1)];
    const [warning] = results(few).warnings;
    expect(warning).toMatchObject({ kind: "few-subjects" });
    expect(warning?.text).toContain("only 2 subjects (“Right sums”, blank), fewer than 10");
    const bySet = {
      ...sums,
      measures: sums.measures.map((measure) => ({ ...measure, cluster: "data set" })),
    };
    const sets = results(few, { instrument: bySet });
    expect(sets.measures[0]?.cluster).toBe("data set");
    expect(sets.warnings[0]?.text).toContain("only 2 data sets");
    expect(results([sampleOf("blank", "c1", 1)]).warnings[0]?.text).toContain("There is only one subject.");
  });

  it("compares methods on the same units, by the means of subjects, adjusted by Holm", () => {
    const all = results([...answersOf("macm", 8), ...answersOf("prompt", 5), ...answersOf("blank", 3)]);
    expect(all.comparisons.map(({ first, second }) => [first, second])).toEqual([
      ["blank | m | friend", "prompt | m | friend"],
      ["blank | m | friend", "macm | m | friend"],
      ["prompt | m | friend", "macm | m | friend"],
    ]);
    const less = answersOf("prompt", 5).filter(({ character, item }) => character !== "c2" || item !== "1");
    const [comparison] = results([
      ...less,
      ...answersOf("blank", 3).map((sample) =>
        sample.character === "c3" && sample.item === "2"
          ? { ...sample, status: "refused" as const, scores: null }
          : sample,
      ),
    ]).comparisons;
    expect(comparison).toMatchObject({ pairs: 118, leftOut: { "only in the first": 1, refused: 1 }, n: 12 });
    expect(comparison?.difference).toBeCloseTo(24 / 118);
    expect(comparison?.p).toBeLessThan(0.001);
    expect(comparison?.pHolm).toEqual(comparison?.p);
  });

  it("two models are compared within a method, never across both", () => {
    const samples = ["a", "b"].flatMap((model) =>
      ["blank", "macm"].flatMap((method) =>
        people.map((person) => sampleOf(method, person, 1, { model, ended: model === "a" ? 0 : 1 })),
      ),
    );
    const { comparisons } = results(samples);
    expect(comparisons.map(({ differsIn }) => differsIn).sort()).toEqual([
      "method",
      "method",
      "model",
      "model",
    ]);
    const models = comparisons.find(({ differsIn }) => differsIn === "model");
    expect(models?.mcnemar).toMatchObject({ firstOnly: 0, secondOnly: 12 });
    expect(models).toMatchObject({
      difference: 1,
      p: { undefined: "no-variance" },
      pHolm: { undefined: "no-variance" },
    });
  });

  it("of one person compares by items, and says so", () => {
    const of = (method: string) =>
      [1, 2, 3, 4, 5, 6].flatMap((item) =>
        [1, 2].map((repeat) =>
          sampleOf(method, "anna", item, { repeat, ended: method === "macm" || item > 4 ? 1 : 0 }),
        ),
      );
    const { comparisons, warnings } = results([...of("blank"), ...of("macm")]);
    expect(comparisons[0]).toMatchObject({ units: "items", n: 6, pairs: 12 });
    expect(warnings.map(({ kind }) => kind)).toEqual(["few-subjects"]);
    expect(warnings[0]?.text).toContain("only one subject. Its intervals and tests take the items as units");
  });

  it("a run above the stated error rate has failed; refusals and failed agents are told", () => {
    const samples = answersOf("macm", 5).map((sample, at) =>
      at % 10 === 0
        ? { ...sample, status: "error" as const, scores: null }
        : at % 5 === 1
          ? { ...sample, status: "refused" as const, scores: null, degraded: ["emotion"] }
          : sample,
    );
    expect(results(samples)).toMatchObject({ failed: true, errorRate: 0.1 });
    expect(results(samples, { errorLimit: 0.1 }).failed).toBe(false);
    expect(results(samples).warnings.map(({ kind }) => kind)).toEqual(["errors", "refusals", "degraded"]);
    const refusals = results(samples).warnings.find(({ kind }) => kind === "refusals");
    expect(refusals?.text).toContain(
      "Where “left out” beside a mean names them, it speaks of the others only",
    );
    expect(results([])).toMatchObject({
      failed: false,
      samples: 0,
      measures: [],
      warnings: [{ kind: "nothing" }],
    });
  });

  it("what was made before a change is left out of the means, not of the usage", () => {
    const old = sampleOf("blank", "anna", 1, { ended: 0, at: "2025-01-01" });
    const all = results([old, sampleOf("blank", "anna", 1), sampleOf("blank", "anna", 2)]);
    expect(all.measures[0]?.conditions[0]).toMatchObject({ n: 2, mean: 1 });
    expect(all.usage[0]?.calls).toBe(3);
    expect(all.warnings.map(({ kind }) => kind)).toContain("outdated");
    // Also where an item has another place in its session now.
    const moved = { ...sampleOf("blank", "anna", 1), position: 1 };
    expect(results([old, moved]).measures[0]?.conditions[0]).toMatchObject({ n: 1, mean: 1 });
  });

  it("money is counted at the given prices, broken sessions with it, and never guessed", () => {
    const samples = [sampleOf("blank", "anna", 1), sampleOf("blank", "anna", 2, { model: "unknown" })];
    const again = { key: `${samples[0]?.session}/0`, status: "error" as const, cachedCalls: 0 };
    const superseded = [{ ...again, usage: samples[0]?.usage ?? {} }];
    expect(results(samples).money).toBeNull();
    const prices = { currency: "EUR", models: { m: { input: 2, output: 10 } } };
    const { money, usage } = results(samples, { superseded, prices });
    expect(money).toEqual({
      currency: "EUR",
      amount: 2 * (0.002 + 0.001),
      notPriced: ["unknown"],
    });
    expect(usage.find(({ model }) => model === "m")).toMatchObject({ calls: 2, supersededCalls: 1 });
  });

  it("embeddings are priced by their name or by that of their space", () => {
    const embeddings = { calls: 1, reasks: 0, inputTokens: 1_000, outputTokens: 0 };
    const samples = [{ ...sampleOf("rag", "anna", 1), usage: { embeddings } }];
    const roleModels = { agentModel: null, embeddings: "openai:text-embedding-3-small-1536" };
    for (const name of ["openai:text-embedding-3-small", roleModels.embeddings]) {
      const prices = { currency: "EUR", models: { [name]: { input: 2, output: 0 } } };
      expect(results(samples, { prices, roleModels }).money).toMatchObject({
        amount: 0.002,
        notPriced: [],
      });
    }
  });

  it("latency is of what was really sent", () => {
    const samples = [1, 2, 3].map((item) => sampleOf("blank", "anna", item));
    const cached = { ...sampleOf("blank", "anna", 4), latencyMs: null, cachedCalls: 1 };
    expect(results([...samples, cached]).latency).toEqual([
      { condition: "blank | m | friend", n: 3, median: 200, p90: 280 },
    ]);
  });

  it("survive their file", () => {
    const all = results([...answersOf("macm", 8), ...answersOf("blank", 3)]);
    expect(resultsSchema.parse(JSON.parse(JSON.stringify(all)))).toEqual(all);
  });
});

describe("a threshold", () => {
  const all = [results([...answersOf("macm", 8), ...answersOf("blank", 3)])];
  it("holds every condition of a measure, or one method's", () => {
    expect(failUnder(all, "sums.right=0.5").below).toMatchObject([
      { condition: "blank", text: "blank: 0.33 (n = 120), below 0.5" },
    ]);
    expect(failUnder(all, "sums.right@macm=0.5").below).toEqual([]);
  });
  it("is not met by what could not be computed", () => {
    const none = [results([sampleOf("blank", "anna", 1, { ended: "refused" })])];
    expect(failUnder(none, "sums.right=0").below).toMatchObject([{ value: null }]);
  });
  it.each(["sums.right", "right=1", "sums.right=", "sums.right=many", "sums.wrong=1", "sums.right@rag=1"])(
    "%s is refused, with what there is",
    (threshold) => {
      expect(() => failUnder(all, threshold)).toThrow(/sums\.right|self-report/u);
    },
  );
});
