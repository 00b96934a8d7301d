import type { RunnableConfig } from "@langchain/core/runnables";
import type { Interlocutor } from "../../agents/mind.js";
import type { UsageMeter } from "../../models/index.js";
import type { Reply } from "./contract.js";

/** Something said in the room, with its speaker's id. */
export interface Spoken {
  by: string;
  text: string;
}

/** One turn that is put to a subject. */
export interface Turn {
  /** The session's thread; turns of one thread know of each other. */
  thread: string;
  /** Everyone in the room but the subject; the first one asks. */
  interlocutors: readonly Interlocutor[];
  /** Told once, before the first words. */
  scene?: string;
  said: readonly Spoken[];
  meter: UsageMeter;
  /** Callbacks, tags, metadata and signal of the session's run. */
  config: RunnableConfig;
}

/** What a turn gave. */
export interface SubjectReply extends Reply {
  degraded: readonly string[];
  /** SHA-256 of the prompt of the voice as sent; null where it could not be seen. */
  promptHash: string | null;
}

/** Somebody who answers: the session graph knows no more of methods and models than this. */
export interface Subject {
  /** Hash of all that decides the answers beside the item: character, memories, prompts, models and their parameters. */
  readonly version: string;
  /** Model calls that one item takes at most, re-asks aside. */
  readonly callsAnItem: number;
  answer(turn: Turn): Promise<SubjectReply>;
  /** Forgets a thread. */
  end(thread: string): Promise<void>;
  close(): Promise<void>;
}
