import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** Where a data set in the published layout stands, and the one person that was asked for, if one was. */
export interface DataSetPlace {
  /** The folder `Characters`, with the profiles, introductions, stories, memories and questions. */
  readonly folder: string;
  readonly person?: string;
}

const perPersonFolders = ["Stories", "Memories", "Questions"];

function holdsDataSet(folder: string): boolean {
  const holds = (name: string) => existsSync(join(folder, name));
  return (
    holds("character_profiles.json") ||
    holds("character_introductions.json") ||
    (holds("Stories") && holds("Memories"))
  );
}

/**
 * Finds the data set at or around a path: a clone of the repository (`LLMP/Characters`), the folder that holds
 * `Characters`, `Characters` itself, or one of these followed by a person's name. Undefined when there is none.
 */
export function findDataSet(path: string): DataSetPlace | undefined {
  const start = resolve(path);
  const steps = [start, dirname(start), dirname(dirname(start))];
  for (const [step, at] of steps.entries()) {
    const folder = ["LLMP/Characters", "Characters", "."].map((below) => join(at, below)).find(holdsDataSet);
    if (folder !== undefined)
      return step === 0 ? { folder } : { folder, person: basename(start).replace(/\.(txt|md|json)$/i, "") };
  }
  return undefined;
}

/** The names of the people who have a folder of their own in the data set, in order of the alphabet. */
export async function peopleWithFolders(folder: string): Promise<string[]> {
  const names = new Set<string>();
  for (const kind of perPersonFolders) {
    const entries = await readdir(join(folder, kind), { withFileTypes: true }).catch(() => []);
    for (const entry of entries)
      if (entry.isDirectory() && !entry.name.startsWith(".")) names.add(entry.name);
  }
  return [...names].sort();
}
