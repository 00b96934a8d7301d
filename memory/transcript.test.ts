import { describe, expect, it } from "vitest";
import { emptyMemory, longMemory, tell } from "../dev/doubles/memory/talk.js";
import { withAudience } from "./ownership.js";
import { memoryId } from "./recalled-memory.js";

const long = withAudience(["ben"], "long");

/** Ben moved from Lancaster to Heysham, told in thread 2, and `after` that, told in thread 3. */
async function moved(after?: string) {
  const memory = emptyMemory();
  await tell(memory, "I live in Heysham now.", { thread: "2" });
  const lancaster = longMemory("Ben lives in Lancaster.", "1", "2026-04-01T10:00:00.000Z");
  const heysham = longMemory("Ben lives in Heysham.", "2", "2026-04-02T10:00:00.000Z");
  await memory.store.put(long, "lancaster", { ...lancaster, supersededBy: memoryId(long, "heysham") });
  await memory.store.put(long, "heysham", {
    ...heysham,
    ...(after !== undefined && { supersededBy: memoryId(long, after) }),
  });
  return memory;
}

const current = async (memory: Awaited<ReturnType<typeof moved>>) =>
  (await memory.list({ kinds: ["long"], superseded: false })).map(({ content }) => content);

describe("a turn that is taken back", () => {
  it("gives back what its memory had replaced", async () => {
    const memory = await moved();
    expect(await current(memory)).toEqual(["Ben lives in Heysham."]);
    await memory.transcript.withdrawTurn("2");
    expect(await current(memory)).toEqual(["Ben lives in Lancaster."]);
  });

  it("does not bring back what a later memory has outdated since", async () => {
    const memory = await moved("ghent");
    await memory.store.put(long, "ghent", longMemory("Ben lives in Ghent.", "3", "2026-04-03T10:00:00.000Z"));
    await memory.transcript.withdrawTurn("2");
    expect(await current(memory)).toEqual(["Ben lives in Ghent."]);
    expect((await memory.store.get(long, "lancaster"))?.value.supersededBy).toBe(memoryId(long, "ghent"));
  });
});
