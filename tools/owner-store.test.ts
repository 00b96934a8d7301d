import { describe, expect, it } from "vitest";
import { memoryWithConfidences, secrets } from "../dev/doubles/tools/memory-with-confidences.js";
import { OwnerStore } from "./owner-store.js";

const memory = await memoryWithConfidences();
const words = { ben: "pear tree", carla: "Lisbon", both: "dinghy" };

/** Everything that can be got out of a store by any of its methods. */
async function everythingIn(store: OwnerStore): Promise<string> {
  const prefixes = [
    [],
    ["life"],
    ["with"],
    ["with", "ben"],
    ["with", "carla"],
    ["with", "carla", "short"],
    ["with", "ben+carla"],
    ["turns"],
    ["turns", "t1"],
    ["moods"],
  ];
  const got: unknown[] = [
    await store.get(["with", "ben", "short"], "t0#1"),
    await store.get(["with", "carla", "short"], "t1#1"),
    await store.get(["with", "ben+carla", "short"], "t2#1"),
    await store.get(["turns", "t1"], "1"),
    await store.get(["moods"], "carla"),
    await store.listNamespaces({ limit: 100 }),
  ];
  for (const prefix of prefixes) {
    got.push(await store.search(prefix, { limit: 100 }));
    for (const query of ["compass", "letters from Lisbon", "green dinghy"])
      got.push(await store.search(prefix, { query, limit: 100 }));
  }
  return JSON.stringify(got);
}

describe("a memory as a store of a host", () => {
  it.each([
    [undefined, []],
    ["ben", ["ben", "both"]],
    ["carla", ["carla", "both"]],
    [["ben", "carla"], ["both"]],
    ["dora", []],
    [["ben", "dora"], []],
  ] as const)("shows %j the life story, and of confidences %j", async (owner, open) => {
    const seen = await everythingIn(new OwnerStore(memory, owner === undefined ? {} : { owner }));
    expect(seen).toContain("kept the lamp");
    for (const whose of ["ben", "carla", "both"] as const)
      expect(seen.includes(words[whose]), whose).toBe((open as readonly string[]).includes(whose));
    expect(seen).not.toContain("moods");
    expect(seen).not.toContain('["turns"');
  });

  it("lists the namespaces of its owner", async () => {
    expect(await new OwnerStore(memory, { owner: "carla" }).listNamespaces({ limit: 10 })).toEqual([
      ["life"],
      ["with", "ben+carla", "short"],
      ["with", "carla", "short"],
    ]);
  });

  it("pages over what is to be seen, as if there were nothing else", async () => {
    const store = new OwnerStore(memory, { owner: "ben" });
    const all = await store.search([], { limit: 10 });
    expect(all).toHaveLength(4);
    const pages = [await store.search([], { limit: 2 }), await store.search([], { limit: 2, offset: 2 })];
    expect(pages.flat().map(({ key }) => key)).toEqual(all.map(({ key }) => key));
    const [best] = await store.search([], { query: "the brass compass", limit: 1 });
    expect(best?.value.text).toBe(secrets.ben);
  });

  it("does not believe a namespace that says something else than the memory in it", async () => {
    await memory.store.put(["with", "dora", "short"], "misplaced", {
      ...(await memory.store.get(["with", "carla", "short"], "t1#1"))?.value,
    });
    expect(await everythingIn(new OwnerStore(memory, { owner: "dora" }))).not.toContain("Lisbon");
  });

  it("cannot be written", async () => {
    const store = new OwnerStore(memory, { owner: "ben" });
    await expect(store.put(["with", "ben", "short"], "new", { text: "x" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(store.delete(["life"], "001")).rejects.toThrow(/cannot be written/u);
  });
});
