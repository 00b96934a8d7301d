import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { createSimulacrum } from "../../../graphs/simulacrum/simulacrum.js";
import { scriptedAgents } from "../../doubles/graphs/scripted-agents.js";
import { HomeSnapshot } from "../home-snapshot.js";
import { Journal } from "../journal.js";
import { markOf } from "../message-marks.js";
import { soakCharacter } from "../soak-character.js";

/** A home in which three people talked, as a soak leaves it behind, and what is known of it: for planting violations in. */
export interface SoakedHome {
  home: string;
  journal: Journal;
  /** Changes the memory behind the store's back. */
  memory(sql: string, ...parameters: unknown[]): void;
  snapshot(): Promise<HomeSnapshot>;
  remove(): void;
}

export async function soakedHome(): Promise<SoakedHome> {
  const home = mkdtempSync(join(tmpdir(), "soaked-"));
  const journal = new Journal();
  const model = scriptedAgents({ respond: ({ said }) => `I hear you: ${said}` });
  const person = await createSimulacrum({
    character: soakCharacter,
    model,
    embeddings: "lexical",
    home,
    contextTokens: 1_400,
    memory: { rehearsals: 1 },
  });
  for (const name of ["ann", "ann", "ann", "ann", "bob"]) {
    const thread = `t-${name}`;
    const said = journal.say(
      thread,
      [name],
      (number) =>
        `${markOf(number)}: the ledger near the ${["bridge", "chapel", "mill", "quarry", "orchard"][number - 1]} was sold for ${number} crowns.`,
    );
    journal.answered(said, (await person.ask(said.text, { thread, interlocutor: { id: name } })).answer);
  }
  await person.consolidate();
  await person.close();
  const snapshots: HomeSnapshot[] = [];
  const change = (file: string) => {
    return (sql: string, ...parameters: unknown[]) => {
      const database = new Database(join(home, file));
      database.prepare(sql).run(...parameters);
      database.close();
    };
  };
  return {
    home,
    journal,
    memory: change("memory.sqlite"),
    async snapshot() {
      const taken = await HomeSnapshot.take(home);
      if (!taken) throw new Error("there is no memory");
      snapshots.push(taken);
      return taken;
    },
    remove() {
      for (const taken of snapshots) taken.discard();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
