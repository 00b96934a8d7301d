import { describe, expect, it } from "vitest";
import { emptyMemory, episodePlace, longMemory, tell } from "../dev/doubles/memory/talk.js";
import { withAudience } from "./ownership.js";
import { memoryId } from "./recalled-memory.js";

/** A memory in which one episode is due, and its due mark. */
async function withOneDue() {
  const memory = emptyMemory({ rehearsals: 1 });
  await tell(memory, "My uncle Rui repairs accordions in Porto.");
  await tell(memory, "The herring is late this year.", { recalled: [episodePlace("a", 1)] });
  const [due] = await memory.consolidation.due();
  return { memory, due: due! };
}

describe("what waits for consolidation", () => {
  it("counts its failures, and is tried again by the next opening", async () => {
    const { memory, due } = await withOneDue();
    await memory.consolidation.failed(due, "down");
    await memory.consolidation.failed(due, "down again");
    expect((await memory.consolidation.due())[0]?.due).toMatchObject({
      attempts: 2,
      lastError: "down again",
    });
    await memory.consolidation.tryAgain();
    expect((await memory.consolidation.due())[0]?.due).toMatchObject({ attempts: 0 });
  });

  it("does not come back when it was forgotten and then fails", async () => {
    const { memory, due } = await withOneDue();
    await memory.forget("ben");
    await memory.consolidation.failed(due, "down");
    expect(await memory.consolidation.due()).toEqual([]);
  });

  it("is not written while somebody else writes, who may be forgetting it", async () => {
    const { memory, due } = await withOneDue();
    await memory.consolidation.failed(due, "down");
    let again: Promise<void> | undefined;
    await memory.store.transact(async (transaction) => {
      again = memory.consolidation.tryAgain();
      transaction.delete(["due"], due.key);
    });
    await again;
    expect(await memory.consolidation.due()).toEqual([]);
  });

  it("is refused and counted once, by whoever comes first", async () => {
    const { memory, due } = await withOneDue();
    const { consolidation } = memory;
    await consolidation.refused(due, "echo");
    await consolidation.refused(due, "echo");
    expect(await consolidation.refusals()).toEqual({ echo: 1 });
    expect(await consolidation.due()).toEqual([]);
  });

  it("becomes one memory where two were made of it at once", async () => {
    const { memory, due } = await withOneDue();
    const { consolidation } = memory;
    const episode = (await consolidation.read(due.due.episode))!;
    const made = (content: string) =>
      consolidation.consolidated(
        due,
        { ...episode, kind: "long", content, text: content, hash: content },
        [],
      );
    expect(await made("Rui repairs accordions.")).not.toBeNull();
    expect(await made("Ben's uncle is a repairer.")).toBeNull();
    expect(await memory.list({ kinds: ["long"] })).toHaveLength(1);
  });
});

describe("related memories", () => {
  const long = withAudience(["ben"], "long");
  const lives = (place: string, day: number) =>
    longMemory(`Ben lives in ${place} by the sea.`, place, `2026-04-0${day}T10:00:00.000Z`);

  /** Five memories of where Ben lives, told one a day. */
  async function moves() {
    const memory = emptyMemory();
    for (const [index, place] of ["Lancaster", "Heysham", "Ghent", "Porto", "Braga"].entries())
      await memory.store.put(long, place, lives(place, index + 1));
    return memory.consolidation;
  }

  it("of before are not hidden by as many of after", async () => {
    const consolidation = await moves();
    const keys = async (when: "before" | "after" | "ever") =>
      (await consolidation.related(lives("Preston", 1), when)).map(({ key }) => key);
    expect(await keys("before")).toEqual(["Lancaster"]);
    expect(await keys("after")).toHaveLength(3);
    expect(await keys("after")).not.toContain("Lancaster");
  });

  it("make a duplicate of what was told again since", async () => {
    const { memory, due } = await withOneDue();
    const { consolidation } = memory;
    const episode = (await consolidation.read(due.due.episode))!;
    const said = "My uncle Rui repairs accordions in Porto. I see.";
    await memory.store.put(long, "again", longMemory(said, "b", "2026-06-01T10:00:00.000Z"));
    expect(await consolidation.gate(episode)).toBe("duplicate");
  });
});

describe("a memory that is outdated already", () => {
  const long = withAudience(["ben"], "long");

  it("is history from the beginning, as long as what outdates it is there", async () => {
    for (const [key, by] of [
      ["later", memoryId(long, "later")],
      ["forgotten", undefined],
    ] as const) {
      const { memory, due } = await withOneDue();
      await memory.store.put(long, "later", longMemory("Rui sold it all.", "b", "2026-06-01T10:00:00.000Z"));
      const made = longMemory("Rui repairs accordions.", "a", "2026-05-01T10:00:00.000Z");
      await memory.consolidation.consolidated(due, made, [], key);
      expect((await memory.store.get(long, made.hash))?.value.supersededBy).toBe(by);
    }
  });
});
