import { leaseHolder } from "../../../memory/backends/sqlite/lease.js";
import { openDatabase } from "../../../memory/backends/sqlite/schema.js";
import type { HomeSnapshot } from "../home-snapshot.js";
import type { Violation } from "../violation.js";

/** With every process dead nothing is locked: the next one waits for nobody, whatever the clock did meanwhile. */
export async function noStuckLease({ memory, folder }: HomeSnapshot): Promise<Violation[]> {
  const names = memory.prepare("SELECT name FROM memory_leases").pluck().all() as string[];
  const connection = await openDatabase(`${folder}/memory.sqlite`);
  try {
    return names.flatMap((name) => {
      const holder = leaseHolder(connection, name);
      return holder === null
        ? []
        : [{ invariant: "no lease of the dead", what: `${name} is held by ${holder}` }];
    });
  } finally {
    connection.database.close();
  }
}
