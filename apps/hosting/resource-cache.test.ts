import { expect, it } from "vitest";
import { ResourceCache } from "./resource-cache.js";

const thing = (name: string, closed: string[]) => async () => ({
  close: async () => {
    closed.push(name);
  },
});

it("keeps the last few open, opens each once, and closes what was not used for the longest time", async () => {
  const closed: string[] = [];
  const opened = new ResourceCache<{ close(): Promise<void> }>(2, 0);
  const a = await opened.get("a", thing("a", closed));
  await opened.get("b", thing("b", closed));
  expect(await opened.get("a", thing("never", closed))).toBe(a);
  await opened.get("c", thing("c", closed));
  await expect.poll(() => closed).toEqual(["b"]);
  await opened.close();
  expect(closed.sort()).toEqual(["a", "b", "c"]);
});

it("closes nothing that is at work, or was asked for just now", async () => {
  const closed: string[] = [];
  const opened = new ResourceCache<{ close(): Promise<void> }>(2, 0);
  const a = await opened.get("a", thing("a", closed));
  let done = () => {};
  const work = opened.using(
    a,
    () =>
      new Promise<void>((resolve) => {
        done = resolve;
      }),
  );
  await opened.get("b", thing("b", closed));
  await opened.get("c", thing("c", closed));
  await expect.poll(() => closed).toEqual(["b"]);
  done();
  await work;
  await opened.get("d", thing("d", closed));
  await expect.poll(() => closed).toEqual(["b", "a"]);
  await opened.close();
  const patient = new ResourceCache<{ close(): Promise<void> }>(1);
  for (const name of ["e", "f"]) await patient.get(name, thing(name, closed));
  expect(closed).not.toContain("e");
  await patient.close();
});
