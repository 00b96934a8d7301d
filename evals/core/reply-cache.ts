import { BaseCache, deserializeStoredGeneration, serializeGeneration } from "@langchain/core/caches";
import type { StoredGeneration } from "@langchain/core/messages";
import type { Generation } from "@langchain/core/outputs";
import Database from "better-sqlite3";
import { countTokens } from "../../models/index.js";
import { contentHash } from "./content-hash.js";
import { SessionScope } from "./session-scope.js";

/**
 * LangChain's cache of replies, in one SQLite file, with the session's repeat in the key: a second repeat is a second
 * observation and is never answered by the first. Every hit is entered in the books of the session. An empty reply is not
 * kept, since it is asked for again.
 */
export class ReplyCache extends BaseCache<Generation[]> {
  readonly #database: Database.Database;
  readonly #read: Database.Statement;
  readonly #write: Database.Statement;

  constructor(path: string) {
    super();
    this.#database = new Database(path);
    this.#database.pragma("journal_mode = WAL");
    this.#database.pragma("synchronous = NORMAL");
    this.#database.exec(
      "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, reply TEXT NOT NULL) WITHOUT ROWID",
    );
    this.#read = this.#database.prepare("SELECT reply FROM replies WHERE key = ?").pluck();
    this.#write = this.#database.prepare("INSERT OR REPLACE INTO replies VALUES (?, ?)");
  }

  async lookup(prompt: string, model: string): Promise<Generation[] | null> {
    const stored: unknown = this.#read.get(keyOf(prompt, model));
    if (typeof stored !== "string") return null;
    const reply = (JSON.parse(stored) as StoredGeneration[]).map(deserializeStoredGeneration);
    const outputTokens = reply.reduce((sum, { text }) => sum + countTokens(text), 0);
    SessionScope.current()?.books.cached.record("reply", { inputTokens: countTokens(prompt), outputTokens });
    return reply;
  }

  async update(prompt: string, model: string, reply: Generation[]): Promise<void> {
    if (reply.some(({ text }) => text.trim() === "")) return;
    this.#write.run(keyOf(prompt, model), JSON.stringify(reply.map(serializeGeneration)));
  }

  close(): void {
    this.#database.close();
  }
}

const keyOf = (prompt: string, model: string): string =>
  contentHash([model, prompt, SessionScope.current()?.repeat ?? null]);
