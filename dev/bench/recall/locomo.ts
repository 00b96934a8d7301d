import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SimulacraError } from "../../../data/errors.js";

/** One turn of a LoCoMo conversation: one memory. */
export interface Turn {
  /** `D<session>:<turn>`, as the questions' evidence names it. */
  id: string;
  speaker: string;
  text: string;
  session: number;
  /** Place in the session, from 0. */
  position: number;
  /** When the session was held; unknown where its date cannot be read. */
  at?: Date;
}

export interface EvidenceQuestion {
  question: string;
  /** 1-4 ask what was said; 5 asks one speaker for a fact of the other. */
  category: number;
  /** Ids of turns that exist. */
  evidence: string[];
}

export interface Conversation {
  name: string;
  speakers: [string, string];
  turns: Turn[];
  questions: EvidenceQuestion[];
}

/** What of the data could not be used, counted and not hidden. */
export interface Skipped {
  files: number;
  turns: number;
  questions: number;
  evidenceIds: number;
}

const turnSchema = z.object({
  speaker: z.string().min(1),
  dia_id: z.string().min(1),
  text: z.string().optional(),
  blip_caption: z.string().optional(),
});
const questionSchema = z.object({
  question: z.string().min(1),
  category: z.number().int(),
  evidence: z.union([z.array(z.string()), z.string()]).optional(),
});
const fileSchema = z.looseObject({ speaker_a: z.string().min(1), speaker_b: z.string().min(1) });

/**
 * Every conversation of a folder, in the LoCoMo form (`speaker_a`, `speaker_b`, `session_N`, `session_N_date_time`,
 * `qa`); the published single file, a list of samples with an inner `conversation`, is read as well.
 * Malformed parts are left out and counted. @throws SimulacraError `invalid_input` where nothing is left.
 */
export async function readConversations(
  folder: string,
): Promise<{ conversations: Conversation[]; skipped: Skipped }> {
  const skipped: Skipped = { files: 0, turns: 0, questions: 0, evidenceIds: 0 };
  const conversations: Conversation[] = [];
  for (const file of await jsonFiles(folder)) {
    for (const [index, raw] of (await samples(join(folder, file))).entries()) {
      const name = `${file.replace(/\.json$/, "")}${index === 0 ? "" : `-${index + 1}`}`;
      const conversation = readConversation(name, raw, skipped);
      if (conversation) conversations.push(conversation);
      else skipped.files += 1;
    }
  }
  if (conversations.length > 0) return { conversations, skipped };
  throw new SimulacraError(
    "invalid_input",
    `No conversation found in ${folder}. Give a folder of JSON files with speaker_a, speaker_b, session_1 and qa.`,
    "user",
  );
}

async function jsonFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  } catch (cause) {
    throw new SimulacraError(
      "invalid_input",
      `The folder ${folder} cannot be read. Check --data.`,
      "user",
      {},
      { cause },
    );
  }
}

/** The samples of one file; a file that is not JSON counts as one unreadable sample. */
async function samples(path: string): Promise<unknown[]> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, "utf8"));
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch {
    return [undefined];
  }
}

function readConversation(name: string, raw: unknown, skipped: Skipped): Conversation | undefined {
  const outer = z.looseObject({ qa: z.array(z.unknown()).optional() }).safeParse(raw);
  if (!outer.success) return undefined;
  const inner = fileSchema.safeParse(outer.data.conversation ?? outer.data);
  if (!inner.success) return undefined;
  const turns = readTurns(inner.data, skipped);
  if (turns.length === 0) return undefined;
  const known = new Set(turns.map((turn) => turn.id));
  const questions = (outer.data.qa ?? []).flatMap((item) => {
    const read = questionSchema.safeParse(item);
    if (!read.success) skipped.questions += 1;
    return read.success
      ? [{ ...read.data, evidence: evidenceIds(read.data.evidence ?? [], known, skipped) }]
      : [];
  });
  return { name, speakers: [inner.data.speaker_a, inner.data.speaker_b], turns, questions };
}

function readTurns(conversation: Record<string, unknown>, skipped: Skipped): Turn[] {
  const sessions = Object.keys(conversation).flatMap((key) => /^session_(\d+)$/.exec(key)?.[1] ?? []);
  const turns: Turn[] = [];
  for (const session of sessions.map(Number).sort((a, b) => a - b)) {
    const list = conversation[`session_${session}`];
    const at = readSessionDate(conversation[`session_${session}_date_time`]);
    for (const [position, item] of (Array.isArray(list) ? list : []).entries()) {
      const read = turnSchema.safeParse(item);
      const text = read.success ? turnText(read.data.text, read.data.blip_caption) : "";
      if (!read.success || text === "") skipped.turns += 1;
      else {
        const { dia_id: id, speaker } = read.data;
        turns.push({ id, speaker, text, session, position, ...(at ? { at } : {}) });
      }
    }
  }
  return turns;
}

/** What was said, and what a shared picture shows. */
function turnText(said: string | undefined, caption: string | undefined): string {
  return [said?.trim(), caption?.trim() && `(${caption.trim()})`].filter(Boolean).join(" ");
}

/** "1:56 pm on 8 May, 2023" */
export function readSessionDate(text: unknown): Date | undefined {
  const found =
    typeof text === "string"
      ? /(\d{1,2}):(\d{2})\s*([ap]m)\s+on\s+(\d{1,2})\s+(\w+),?\s+(\d{4})/i.exec(text)
      : null;
  if (!found) return undefined;
  const [, hour, minute, half, day, month, year] = found;
  const at = new Date(`${day} ${month} ${year} ${hour}:${minute} ${half} UTC`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Ids as the data writes them ("D1:3; D2:4" and "D1:03" too); those of no turn are counted and left out. */
function evidenceIds(
  given: string | readonly string[],
  known: ReadonlySet<string>,
  skipped: Skipped,
): string[] {
  const written = [given].flat().flatMap((entry) => entry.split(/[;,\s]+/).filter(Boolean));
  const ids = written.map((id) => id.replace(/^D:?0*(\d+):0*(\d+)$/, "D$1:$2"));
  const found = [...new Set(ids.filter((id) => known.has(id)))];
  skipped.evidenceIds += ids.filter((id) => !known.has(id)).length;
  return found;
}
