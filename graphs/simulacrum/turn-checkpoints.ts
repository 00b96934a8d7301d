import type { RunnableConfig } from "@langchain/core/runnables";
import type {
  Checkpoint,
  CheckpointMetadata,
  CheckpointTuple,
  PendingWrite,
} from "@langchain/langgraph-checkpoint";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import Database from "better-sqlite3";
import { explained } from "../../memory/backends/sqlite/sqlite-errors.js";
import { BrokenSeal, SealedSerializer } from "./sealed-serializer.js";
import { inNoThread, nothingPut } from "./thread-checkpoints.js";

/**
 * Checkpoints in a SQLite file that never fail a turn: they are a convenience, the memory is the truth. LangGraph writes
 * them while nobody listens, so that a full disk would end the process. Where one cannot be written or read, its thread
 * counts as one without checkpoints until one is written again: the conversation is read back from the memory.
 * Of a turn in no conversation none is written or read (`inNoThread`): a process that ends before it could delete it would leave it behind.
 */
export class TurnCheckpoints extends SqliteSaver {
  /** Threads whose newest checkpoint is not in the file, or cannot be read. */
  private readonly behind = new Set<string>();

  constructor(database: ConstructorParameters<typeof SqliteSaver>[0]) {
    super(database);
    this.serde = new SealedSerializer(this.serde);
  }

  static open(path: string): TurnCheckpoints {
    const database = new Database(path);
    // What is forgotten leaves no bytes behind.
    database.pragma("secure_delete = ON");
    return new TurnCheckpoints(database);
  }

  /** Whether a file holds checkpoints that can be read. One that is locked or may not be read is not called damaged: opening it will say what is wrong. */
  static isSound(path: string): boolean {
    try {
      const database = new Database(path, { fileMustExist: true });
      try {
        if (database.pragma("integrity_check(1)", { simple: true }) !== "ok") return false;
        // Sound pages may still hold tables that are not what they should be: the saver's statements tell.
        new TurnCheckpoints(database).setup();
        return true;
      } finally {
        database.close();
      }
    } catch (error) {
      return !(isStorage(error) && /^SQLITE_(CORRUPT|NOTADB|ERROR)/u.test(error.code));
    }
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const thread = threadIn(config);
    if (this.behind.has(thread) || inNoThread(config)) return undefined;
    try {
      return await super.getTuple(config);
    } catch (error) {
      const damaged = error instanceof BrokenSeal || error instanceof SyntaxError;
      if (!isStorage(error) && !damaged) throw error;
      this.lost(thread, error);
      return undefined;
    }
  }

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
  ): Promise<RunnableConfig> {
    if (inNoThread(config)) return nothingPut(config, checkpoint);
    const thread = threadIn(config);
    try {
      const written = await super.put(config, checkpoint, metadata);
      this.behind.delete(thread);
      return written;
    } catch (error) {
      if (!isStorage(error)) throw error;
      this.lost(thread, error);
      return nothingPut(config, checkpoint);
    }
  }

  override async putWrites(config: RunnableConfig, writes: PendingWrite[], task: string): Promise<void> {
    if (inNoThread(config)) return;
    try {
      await super.putWrites(config, writes, task);
    } catch (error) {
      // What is pending belongs to a run that ended: no conversation needs it.
      if (!isStorage(error)) throw error;
    }
  }

  /** @throws SimulacraError store_full, store_busy and others: what is to be forgotten may not stay unnoticed */
  override async deleteThread(thread: string): Promise<void> {
    try {
      // The tables are made at the first reading or writing, which need not have been.
      this.setup();
      await super.deleteThread(thread);
    } catch (error) {
      explained(this.db.name, () => {
        throw error;
      });
    }
    this.behind.delete(thread);
  }

  private lost(thread: string, error: unknown): void {
    this.behind.add(thread);
    const why = error instanceof Error ? error.message : String(error);
    process.emitWarning(
      `A checkpoint in ${this.db.name} could not be kept (${why}). The conversation goes on from the memory.`,
    );
  }
}

const isStorage = (error: unknown): error is InstanceType<typeof Database.SqliteError> =>
  error instanceof Database.SqliteError;

const threadIn = (config: RunnableConfig): string => String(config.configurable?.thread_id ?? "");
