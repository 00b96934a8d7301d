import { afterEach, expect, it, vi } from "vitest";
import { SimulacraError } from "../../data/errors.js";
import { anna, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { SqliteMemoryStore } from "../../memory/backends/sqlite/sqlite-memory-store.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

const ana = { id: "ana", name: "Ana" };
const secret = "I have hidden my mother's necklace under the third floorboard.";

const open: Simulacrum[] = [];
afterEach(async () => {
  for (const person of open.splice(0)) await person.close();
});

/** Anna, whom Ana has told something, and the wiping of her file. */
async function told() {
  const person = await createSimulacrum({ character: anna, model: scriptedAgents(), embeddings: "lexical" });
  open.push(person);
  await person.ask(secret, { thread: "t", interlocutor: ana });
  return { person, purge: vi.spyOn(person.memory.store as SqliteMemoryStore, "purge") };
}

const noRoom = new SimulacraError("store_full", "No room; the last change was taken back.", "environment");

it("says that all is forgotten where only the wiping found no room, and wipes when asked again", async () => {
  const { person, purge } = await told();
  purge.mockRejectedValueOnce(noRoom);
  await expect(person.forget("ana")).rejects.toMatchObject({
    code: "store_full",
    fault: "environment",
    message: expect.stringMatching(/^Everything said with "ana" is forgotten, but (?!.*taken back)/u),
    cause: noRoom,
  });
  expect(JSON.stringify(await person.memory.list())).not.toContain("floorboard");
  await person.forget("ana");
  expect(purge).toHaveBeenCalledTimes(2);
});

it("wipes last, when what was opened meanwhile is gone as well", async () => {
  const { person, purge } = await told();
  const { threads } = person.memory.transcript;
  // The first look sees nothing of a conversation that Ana has just begun.
  vi.spyOn(threads, "reachedFrom").mockImplementationOnce(async () => {
    await person.ask("Do not forget the third floorboard.", { thread: "meanwhile", interlocutor: ana });
    return [];
  });
  purge.mockRejectedValueOnce(noRoom);
  await expect(person.forget("ana")).rejects.toMatchObject({ code: "store_full" });
  expect(await threads.of("ana")).toEqual([]);
});
