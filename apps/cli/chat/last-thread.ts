import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { personId } from "../../../data/person-id.js";

/** The last thread of each interlocutor and method, by `method interlocutor`. */
const lastThreadsSchema = z.record(z.string(), z.string().min(1));
type LastThreads = z.infer<typeof lastThreadsSchema>;

const keyOf = (method: string, interlocutor: string): string => `${method} ${personId(interlocutor)}`;
const fileOf = (folder: string): string => join(folder, "last-threads.json");

/** The thread that this interlocutor talked in last, by this method; a missing or damaged note counts as none. */
export const readLastThread = async (folder: string, method: string, interlocutor: string) =>
  (await read(folder))[keyOf(method, interlocutor)];

/** Notes the thread for `chat --continue`; replaces the note as a whole, so that it is never half written. */
export async function noteLastThread(folder: string, method: string, interlocutor: string, thread: string) {
  await write(folder, { ...(await read(folder)), [keyOf(method, interlocutor)]: thread });
}

/** Removes every note about an interlocutor. */
export async function forgetLastThreads(folder: string, interlocutor: string): Promise<void> {
  const notes = Object.entries(await read(folder));
  const kept = notes.filter(([key]) => personId(key.slice(key.indexOf(" ") + 1)) !== personId(interlocutor));
  if (kept.length < notes.length) await write(folder, Object.fromEntries(kept));
}

async function read(folder: string): Promise<LastThreads> {
  try {
    return lastThreadsSchema.parse(JSON.parse(await readFile(fileOf(folder), "utf8")));
  } catch {
    return {};
  }
}

async function write(folder: string, notes: LastThreads): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${fileOf(folder)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(notes, null, 2)}\n`);
  await rename(draft, fileOf(folder));
}
