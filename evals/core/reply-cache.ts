import { BaseCache, deserializeStoredGeneration, serializeGeneration } from "@langchain/core/caches";
import { AIMessage, type StoredGeneration } from "@langchain/core/messages";
import type { Generation } from "@langchain/core/outputs";
import Database from "better-sqlite3";
import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import { explained } from "../../memory/backends/sqlite/sqlite-errors.js";
import { CACHED_USAGE, reportedUsage } from "../../models/message-copy.js";
import { contentHash } from "./content-hash.js";
import { SessionScope } from "./session-scope.js";

/**
 * LangChain's cache of replies, in one SQLite file, with the observation in the key: a second repeat, another person or
 * another item is never answered by what was said to the same prompt elsewhere, whatever ran first. Every hit is entered
 * in the books of the session, with the tokens that the reply once cost. An empty reply is not kept, since it is asked
 * for again; one that cannot be written is warned of and costs only the chance to be used again.
 */
export class ReplyCache extends BaseCache<Generation[]> {
  readonly #database: Database.Database;
  readonly #read: Database.Statement;
  readonly #write: Database.Statement;

  #warned = false;

  /** @throws SimulacraError `store_damaged`, `store_full`, `store_unavailable` */
  constructor(private readonly path: string) {
    super();
    this.#database = opened(path, () => {
      const database = new Database(path);
      database.pragma("journal_mode = WAL");
      database.pragma("synchronous = NORMAL");
      database.exec(
        "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, reply TEXT NOT NULL) WITHOUT ROWID",
      );
      return database;
    });
    this.#read = this.#database.prepare("SELECT reply FROM replies WHERE key = ?").pluck();
    this.#write = this.#database.prepare("INSERT OR REPLACE INTO replies VALUES (?, ?)");
  }

  async lookup(prompt: string, model: string): Promise<Generation[] | null> {
    const stored: unknown = this.#read.get(keyOf(prompt, model));
    if (typeof stored !== "string") return null;
    const reply = (JSON.parse(stored) as StoredGeneration[]).map(deserializeStoredGeneration);
    SessionScope.current()?.books.cached.record("reply", costOf(reply));
    return reply;
  }

  async update(prompt: string, model: string, reply: Generation[]): Promise<void> {
    if (reply.some(({ text }) => text.trim() === "")) return;
    try {
      this.#write.run(keyOf(prompt, model), JSON.stringify(reply.map(serializeGeneration)));
    } catch (error) {
      if (!this.#warned) process.emitWarning(`Replies are not kept in ${this.path}: ${String(error)}`);
      this.#warned = true;
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** A damaged cache is no loss: it may be deleted. */
function opened<T>(path: string, work: () => T): T {
  try {
    return explained(path, work);
  } catch (cause) {
    if (!isSimulacraError(cause) || cause.code !== "store_damaged") throw cause;
    throw new SimulacraError(
      "store_damaged",
      `The kept replies ${path} are damaged. Delete that file and give the same command again: the ledger has every answer, and nothing is lost.`,
      "environment",
      { path },
      { cause },
    );
  }
}

const keyOf = (prompt: string, model: string): string =>
  contentHash([model, prompt, SessionScope.current()?.observation ?? null]);

/**
 * What a stored reply once cost. LangChain takes the tokens off a cached message, so they are kept where `usageOf` finds
 * them.
 */
function costOf(reply: readonly Generation[]): { inputTokens: number; outputTokens: number } {
  const cost = { inputTokens: 0, outputTokens: 0 };
  for (const generation of reply) {
    const message: unknown = Reflect.get(generation, "message");
    if (!(message instanceof AIMessage)) continue;
    const usage = reportedUsage(message);
    if (!usage) continue;
    message.response_metadata = { ...message.response_metadata, [CACHED_USAGE]: { ...usage } };
    cost.inputTokens += usage.input_tokens;
    cost.outputTokens += usage.output_tokens;
  }
  return cost;
}
