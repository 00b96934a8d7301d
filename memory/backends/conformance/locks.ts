import { threadLockName } from "../named-locks.js";
import type { Suite } from "./suite.js";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Named locks: one at a time, in turn, and nobody waits for ever. */
export function lockConformance({ name, describe, it, expect, withStore }: Suite): void {
  const thread = threadLockName("1");

  describe(`${name}: locks`, () => {
    it(
      "let one work at a time, in the order in which they came",
      withStore(async ({ locks }) => {
        const done: string[] = [];
        const work = (of: string) => async () => {
          done.push(`${of} begins`);
          await pause(5);
          done.push(`${of} ends`);
        };
        await Promise.all(["a", "b", "c"].map((of) => locks.withLock(thread, work(of))));
        expect(done).toEqual(["a", "b", "c"].flatMap((of) => [`${of} begins`, `${of} ends`]));
      }),
    );
    it(
      "are let go by work that fails, and by `hold` once",
      withStore(async ({ locks }) => {
        const fails = locks.withLock(thread, () => Promise.reject(new Error("no")));
        await expect(fails).rejects.toMatchObject({ message: "no" });
        const release = await locks.hold(thread, { waitMs: 0 });
        await release();
        await release();
        expect(await locks.withLock(thread, async () => "mine", { waitMs: 0 })).toBe("mine");
      }),
    );
    it(
      "do not hold up work of another name",
      withStore(async ({ locks }) => {
        const release = await locks.hold(thread);
        expect(await locks.withLock(threadLockName("2"), async () => "mine", { waitMs: 0 })).toBe("mine");
        await release();
      }),
    );
    it(
      "tell who waits too long, and stop waiting when asked to",
      withStore(async ({ locks }) => {
        const release = await locks.hold(thread);
        const late = locks.withLock(thread, async () => {}, { waitMs: 20 });
        await expect(late).rejects.toMatchObject({ code: "thread_busy", details: { name: thread } });
        const stop = new AbortController();
        const waiting = locks.withLock(thread, async () => {}, { signal: stop.signal });
        stop.abort(new Error("enough"));
        await expect(waiting).rejects.toMatchObject({ message: "enough" });
        await release();
      }),
    );
    it(
      "stay closed to others when one who waited has given up",
      withStore(async ({ locks }) => {
        const release = await locks.hold(thread);
        let working = true;
        const late = locks.withLock(thread, async () => {}, { waitMs: 20 });
        await expect(late).rejects.toMatchObject({ code: "thread_busy" });
        const next = locks.withLock(thread, async () => working);
        await pause(20);
        working = false;
        await release();
        expect(await next).toBe(false);
      }),
    );
    it(
      "are open to transactions of those who hold them",
      withStore(async (store) => {
        const put = () => store.transact((transaction) => transaction.put(["u"], "a", { n: 1 }));
        await store.locks.withLock(thread, put);
        expect((await store.get(["u"], "a"))?.value).toEqual({ n: 1 });
      }),
    );
  });
}
