import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";

const saidSchema = z.array(
  z.object({ id: z.string().optional(), name: z.string().optional(), text: z.string() }),
);
const threadSchema = z.looseObject({ thread: z.string(), unanswered: saidSchema.default([]) });
const turnSchema = z.object({ stimulus: saidSchema, answer: z.object({ id: z.string(), text: z.string() }) });

/** Turns of a conversation that checkpoints of format 1 hold beside the words that wait. */
const TURNS_IN_WINDOW = 3;

/**
 * Turns a home, which no process has open, into one of format 1: threads without an index of people, and what waits for
 * an answer in checkpoints. What a migration put aside before is gone. False where there is no memory of the present format.
 */
export function ageHome(home: string): boolean {
  const path = join(home, "memory.sqlite");
  if (!existsSync(path)) return false;
  const memory = new Database(path);
  try {
    memory.pragma("secure_delete = ON");
    if (!memory.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'memory_meta'").get()) return false;
    const format = memory.prepare("SELECT value FROM memory_meta WHERE name = 'schema'").pluck().get();
    if (format !== "2") return false;
    for (const name of readdirSync(home))
      if (name.startsWith("checkpoints.") || name.includes(".before-v")) rmSync(join(home, name));
    memory.transaction(() => {
      writeCheckpoints(join(home, "checkpoints.sqlite"), memory);
      const ofFormat1 = "json_remove(value, '$.remembers', '$.unanswered', '$.scenes')";
      memory.exec(`
        UPDATE memory_records SET value = ${ofFormat1}
          WHERE namespace IN (SELECT id FROM memory_namespaces WHERE path = '["threads"]');
        DELETE FROM memory_records WHERE namespace IN
          (SELECT id FROM memory_namespaces WHERE path LIKE '["threads-of"%');
        DELETE FROM memory_namespaces WHERE path LIKE '["threads-of"%';
        UPDATE memory_meta SET value = '1' WHERE name = 'schema';
      `);
    })();
    memory.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    memory.close();
  }
  return true;
}

function writeCheckpoints(path: string, memory: Database.Database): void {
  const valuesUnder = (namespace: string) =>
    memory
      .prepare(
        "SELECT value FROM memory_records r JOIN memory_namespaces n ON n.id = r.namespace WHERE n.path = ? ORDER BY r.key",
      )
      .pluck()
      .all(namespace)
      .map((text): unknown => JSON.parse(String(text)));
  const checkpoints = new Database(path);
  checkpoints.pragma("journal_mode = WAL");
  checkpoints.exec(`
    CREATE TABLE checkpoints(thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
      parent_checkpoint_id TEXT, type TEXT, checkpoint BLOB, metadata BLOB,
      PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id));
    CREATE TABLE writes(thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
      task_id TEXT NOT NULL, idx INTEGER NOT NULL, channel TEXT NOT NULL, type TEXT, value BLOB,
      PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id, task_id, idx));
  `);
  const insert = checkpoints.prepare(
    "INSERT INTO checkpoints(thread_id, checkpoint_id, type, checkpoint) VALUES (?, '1', 'json', ?)",
  );
  for (const value of valuesUnder('["threads"]')) {
    const { thread, unanswered } = threadSchema.parse(value);
    const turns = valuesUnder(JSON.stringify(["turns", thread])).map((turn) => turnSchema.parse(turn));
    const messages = [
      ...turns
        .slice(-TURNS_IN_WINDOW)
        .flatMap(({ stimulus, answer }) => [
          ...stimulus.map((said) => message("HumanMessage", said)),
          message("AIMessage", answer),
        ]),
      ...unanswered.map((said) => message("HumanMessage", said)),
    ];
    insert.run(thread, sealed({ channel_values: { messages } }));
  }
  checkpoints.close();
}

/** A message as LangChain serialises it. */
const message = (type: string, { text, ...rest }: { text: string; id?: string | undefined }) => ({
  lc: 1,
  type: "constructor",
  id: ["langchain_core", "messages", type],
  kwargs: { content: text, ...rest, additional_kwargs: {}, response_metadata: {} },
});

/** A checkpoint behind its checksum, as format 1 wrote it. */
function sealed(checkpoint: unknown): Buffer {
  const bytes = Buffer.from(JSON.stringify(checkpoint));
  const seal = createHash("sha256").update("json:").update(bytes).digest("hex").slice(0, 16);
  return Buffer.concat([Buffer.from(seal, "latin1"), bytes]);
}
