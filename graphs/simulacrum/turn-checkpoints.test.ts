import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anna, promptsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "./simulacrum.js";
import { TurnCheckpoints } from "./turn-checkpoints.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "checkpoints-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function opened() {
  const checkpointer = TurnCheckpoints.open(join(folder, "checkpoints.sqlite"));
  const model = scriptedAgents({ respond: () => "I see." });
  const person = await createSimulacrum({ character: anna, model, embeddings: "lexical", checkpointer });
  const turn = { thread: "t", interlocutor: { id: "ana" } };
  const said = (message: string) => person.ask(`${message} ${"and so on ".repeat(200)}`, turn);
  return { checkpointer, model, person, said };
}

describe("checkpoints", () => {
  it("that find no room on the disk fail no turn, and the conversation goes on", async () => {
    const { checkpointer, model, person, said } = await opened();
    await said("I have a red kite.");
    const pages = Number(checkpointer.db.pragma("page_count", { simple: true }));
    checkpointer.db.pragma(`max_page_count = ${pages}`);
    await said("I have a blue boat.");
    await said("I have a green door.");
    expect(promptsOf(model, "respond").at(-1)).toContain("blue boat");
    checkpointer.db.pragma("max_page_count = 100000");
    await said("I have a white wall.");
    await said("I have a black hat.");
    expect(promptsOf(model, "respond").at(-1)).toContain("white wall");
    expect((await person.memory.transcript.turns("t")).map(({ stimulus }) => stimulus.length)).toEqual([
      1, 1, 1, 1, 1,
    ]);
    await person.close();
    checkpointer.db.close();
  });

  it.each(["{broken", "{}"])("that cannot be read are left out (%s)", async (damaged) => {
    const { checkpointer, model, person, said } = await opened();
    await said("I have a red kite.");
    checkpointer.db.prepare("UPDATE checkpoints SET checkpoint = ?").run(damaged);
    await said("I have a blue boat.");
    expect(promptsOf(model, "respond").at(-1)).toContain("red kite");
    await person.close();
    checkpointer.db.close();
  });

  it("that hold other tables than they should are put aside", async () => {
    const options = {
      character: anna,
      model: scriptedAgents(),
      embeddings: "lexical",
      home: folder,
    } as const;
    const first = await createSimulacrum(options);
    await first.ask("I have a red kite.", { thread: "t", interlocutor: { id: "ana" } });
    await first.close();
    const file = join(folder, "checkpoints.sqlite");
    writeFileSync(
      file,
      Buffer.from(readFileSync(file, "latin1").replace("channel TEXT", "ch4nnel TEXT"), "latin1"),
    );
    const person = await createSimulacrum(options);
    expect((await person.forget("ana")).threads).toBe(1);
    await person.ask("Good morning.", { thread: "t", interlocutor: { id: "ana" } });
    await person.close();
    expect(new Database(file).prepare("SELECT DISTINCT thread_id FROM checkpoints").pluck().all()).toEqual([
      "t",
    ]);
  });

  it("can be forgotten before the first was written", async () => {
    const checkpointer = TurnCheckpoints.open(join(folder, "checkpoints.sqlite"));
    await checkpointer.deleteThread("t");
    checkpointer.db.close();
  });

  it("are not written for a turn in no conversation", async () => {
    const { checkpointer, person, said } = await opened();
    await said("I have a red kite.");
    const rows = () =>
      ["checkpoints", "writes"].map((table) =>
        checkpointer.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
      );
    const before = rows();
    const deleteThread = checkpointer.deleteThread.bind(checkpointer);
    // As if the process had ended before.
    checkpointer.deleteThread = async () => {};
    await person.ask("Who are you?");
    expect(rows()).toEqual(before);
    checkpointer.deleteThread = deleteThread;
    await person.close();
    checkpointer.db.close();
  });
});
