import { describe, expect, it } from "vitest";
import { emptyMemory, episodePlace, type Told, tell } from "../dev/doubles/memory/talk.js";
import type { SimulacrumMemory } from "./simulacrum-memory.js";

/** Texts of the episodes that are held, oldest first. */
const held = async (memory: SimulacrumMemory) =>
  (await memory.list({ kinds: ["short"] })).map(({ text }) => /wharf \d+/u.exec(text)?.[0]);

const wharves = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `wharf ${from + index}`);

const cargoes =
  "Baltic timber|sour lemons|smoked herring|wet coal|Brazil coffee|raw cotton|iron rails|loose tobacco|Welsh slate|green bananas".split(
    "|",
  );

/** Ten turns, after which it is looked whether short-term memory is full; `told` says what is special of some. */
async function tenTurns(memory: SimulacrumMemory, told: Record<number, Told> = {}) {
  for (let turn = 1; turn <= 10; turn++)
    await tell(memory, `My uncle unloaded ${cargoes[turn - 1]} at wharf ${turn}.`, told[turn]);
}

describe("short-term memory that is full", () => {
  it("lets the oldest go", async () => {
    const memory = emptyMemory({ capacity: 4 });
    await tenTurns(memory);
    expect(await held(memory)).toEqual(wharves(7, 10));
  });

  it("keeps as many as it holds", async () => {
    const memory = emptyMemory({ capacity: 10 });
    await tenTurns(memory);
    expect(await held(memory)).toEqual(wharves(1, 10));
  });

  it("keeps what is important until it is consolidated", async () => {
    const memory = emptyMemory({ capacity: 4 });
    await tenTurns(memory, { 2: { arousal: 0.9 } });
    expect(await held(memory)).toEqual(["wharf 2", ...wharves(7, 10)]);
    expect((await memory.consolidation.due()).map(({ due }) => [due.episode, due.reason])).toEqual([
      [episodePlace("a", 2), "important"],
    ]);
  });

  it("keeps what is due for consolidation, which takes no other's room", async () => {
    const memory = emptyMemory({ capacity: 4 });
    const recalled = [episodePlace("a", 1)];
    await tenTurns(memory, { 3: { recalled }, 4: { recalled } });
    expect(await held(memory)).toEqual(["wharf 1", ...wharves(7, 10)]);
    const [waiting] = await memory.consolidation.due();
    expect(waiting?.due).toMatchObject({ episode: episodePlace("a", 1), reason: "rehearsed" });
  });

  it("keeps what the same turn recalled, whether it is due by that or not", async () => {
    const memory = emptyMemory({ capacity: 4 });
    const recalled = [episodePlace("a", 1)];
    await tenTurns(memory, { 5: { recalled }, 10: { recalled: [...recalled, episodePlace("a", 2)] } });
    expect(await held(memory)).toEqual([...wharves(1, 2), ...wharves(7, 10)]);
    const [waiting] = await memory.consolidation.due();
    expect(await memory.consolidation.read(waiting!.due.episode)).toMatchObject({ recallCount: 2 });
  });
});
