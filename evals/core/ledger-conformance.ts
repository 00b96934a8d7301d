import type { TestRunner } from "../../memory/index.js";
import type { Sample } from "./contract.js";
import { collected, type Ledger } from "./ledger.js";

/** A whole sample, for tests of ledgers. */
export const sampleForTests = (changes: Partial<Sample> = {}): Sample => ({
  key: "s1/0",
  session: "s1",
  instrument: "sums",
  character: "anna",
  condition: { method: "macm", model: "openai:stub", framing: "friend", arm: "group" },
  item: "1",
  position: 0,
  repeat: 1,
  status: "answered",
  reason: null,
  question: "What is 1 and 1?",
  reply: "2 — « 二 »",
  answer: { sum: 2 },
  shown: "2",
  keyShown: "2",
  data: { sum: 2 },
  scores: { right: 1 },
  mind: { thought: "Easy.", feeling: { text: "Calm.", valence: 0.1, arousal: 0.2 } },
  promptHash: "abc",
  usage: { voice: { calls: 1, inputTokens: 10, outputTokens: 2, reasks: 1 } },
  cachedCalls: 0,
  latencyMs: 12.5,
  degraded: ["thinking"],
  at: "2026-01-01T00:00:00.000Z",
  ...changes,
});

/**
 * What every ledger has to do, whatever it is made of. Call it in a test file with the runner's functions.
 * @param open opens the ledger of a name, the same one again for the same name
 */
export function ledgerConformance(
  name: string,
  open: (which: string) => Promise<Ledger>,
  { describe, it, expect }: TestRunner,
): void {
  let ledgers = 0;
  const withLedger = (title: string, test: (ledger: Ledger, again: () => Promise<Ledger>) => Promise<void>) =>
    it(title, async () => {
      const which = `ledger-${++ledgers}`;
      const opened: Ledger[] = [];
      const another = async () => {
        const ledger = await open(which);
        opened.push(ledger);
        return ledger;
      };
      try {
        await test(await another(), another);
      } finally {
        for (const ledger of opened) await ledger.close();
      }
    });
  const keysOf = async (ledger: Ledger) => (await collected(ledger.samples())).map(({ key }) => key);

  describe(`ledger: ${name}`, () => {
    withLedger(
      "gives every sample back as it was, in the order of keys, and minds only when asked",
      async (ledger, again) => {
        const first = sampleForTests();
        const bare = { mind: null, scores: null, status: "refused", promptHash: null } as const;
        const second = sampleForTests({ key: "s1/1", position: 1, ...bare });
        await ledger.record(second);
        await ledger.record(first);
        const reader = await again();
        expect(await collected(reader.samples())).toEqual([first, second]);
        expect(await collected(reader.samples({ mind: false }))).toEqual([{ ...first, mind: null }, second]);
        expect([...(await reader.minds(["s1/0", "s1/1", "none"]))]).toEqual([["s1/0", first.mind]]);
      },
    );

    withLedger("has a sample for every reader as soon as it says so", async (ledger, again) => {
      const reader = await again();
      const counts = Array.from({ length: 20 }, async (_, at) => {
        await ledger.record(sampleForTests({ key: `s1/${at}` }));
        return (await reader.counts()).answered > at;
      });
      expect(await Promise.all(counts)).toEqual(counts.map(() => true));
    });

    withLedger(
      "reads more samples than fit one page, each once, while others are written",
      async (ledger) => {
        const keys = Array.from({ length: 1_201 }, (_, at) => `s1/${String(at).padStart(4, "0")}`);
        await Promise.all(keys.map((key) => ledger.record(sampleForTests({ key }))));
        const read: string[] = [];
        for await (const { key } of ledger.samples()) {
          if (read.length === 0) await ledger.record(sampleForTests({ key: "s2/0", session: "s2" }));
          read.push(key);
        }
        expect(read.filter((key) => key.startsWith("s1"))).toEqual(keys);
      },
    );

    withLedger("refuses a sample that is there already, and goes on", async (ledger) => {
      await ledger.record(sampleForTests());
      const refused = await ledger.record(sampleForTests({ reply: "3" })).then(
        () => false,
        () => true,
      );
      expect(refused).toBe(true);
      await ledger.record(sampleForTests({ key: "s1/1" }));
      expect((await collected(ledger.samples())).map(({ reply }) => reply)).toEqual([
        "2 — « 二 »",
        "2 — « 二 »",
      ]);
    });

    withLedger("holds several instruments, and counts what is settled by session", async (ledger) => {
      await ledger.record(sampleForTests());
      await ledger.record(sampleForTests({ key: "s1/1", status: "unparsable" }));
      const refused = { key: "s2/0", session: "s2", instrument: "conformity", status: "refused" } as const;
      await ledger.record(sampleForTests(refused));
      await ledger.record(sampleForTests({ key: "s3/0", session: "s3", status: "error" }));
      await ledger.record(sampleForTests({ key: "s3/1", session: "s3", status: "skipped" }));
      expect([...(await ledger.settled())].sort()).toEqual([
        ["s1", 2],
        ["s2", 1],
      ]);
      expect(await ledger.counts()).toEqual({ answered: 1, refused: 1, unparsable: 1, error: 1, skipped: 1 });
      expect(await ledger.counts(["conformity"])).toEqual({
        answered: 0,
        refused: 1,
        unparsable: 0,
        error: 0,
        skipped: 0,
      });
      expect(await collected(ledger.observations("conformity"))).toEqual([
        { session: "s2", character: "anna", ...sampleForTests().condition, item: "1", repeat: 1 },
      ]);
    });

    withLedger(
      "supersedes a session that begins again: out of every count, its cost kept",
      async (ledger) => {
        await ledger.record(sampleForTests({ cachedCalls: 1 }));
        await ledger.record(sampleForTests({ key: "s2/0", session: "s2" }));
        await ledger.begin("s1");
        await ledger.begin("never seen");
        expect(await keysOf(ledger)).toEqual(["s2/0"]);
        await ledger.record(sampleForTests());
        await ledger.begin("s1");
        const { usage } = sampleForTests();
        expect(await ledger.superseded()).toEqual(
          [1, 0].map((cachedCalls) => ({ key: "s1/0", status: "answered", usage, cachedCalls })),
        );
      },
    );

    withLedger(
      "takes another reading of stored replies, and leaves reply, cost and time alone",
      async (ledger) => {
        await ledger.record(sampleForTests());
        const reading = { reason: null, answer: 3, shown: "3", scores: { right: 0 } };
        await ledger.rescore([{ key: "s1/0", status: "answered", ...reading }]);
        expect(await collected(ledger.samples())).toEqual([sampleForTests(reading)]);
      },
    );
  });
}
