import type { Callbacks } from "@langchain/core/callbacks/manager";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { AgentChoice } from "../../agents/chosen-agents.js";
import type { Guard, GuardNote } from "../../agents/guard/guard.js";
import type { Interlocutor, Mind } from "../../agents/mind.js";
import type { Character } from "../../data/character.js";
import type { MemoryStore } from "../../memory/backends/memory-store.js";
import type { SimulacrumMemoryOptions } from "../../memory/memory-context.js";
import type { RankingOptions } from "../../memory/ranking/contract.js";
import type { ReplyTimeLimits, Usage } from "../../models/index.js";
import type { Wiring } from "../method.js";
import type { Method } from "../methods.js";

/** What a turn needs beside the words. */
export interface TurnOptions {
  /** Conversation to continue; without one the turn is stateless and nothing is stored. */
  thread?: string;
  /** The one who speaks; or `present`: all in the room, the speaker first. */
  interlocutor?: Interlocutor;
  present?: readonly Interlocutor[];
  signal?: AbortSignal;
  callbacks?: Callbacks;
  /** Limit of the whole turn in milliseconds. @default none (the model client has its own limits) */
  timeoutMs?: number;
}

/** One finished turn; the JSON of `simulacra ask`. */
export interface TurnResult {
  character: string;
  /** With what was left out of it: "macm:without=emotion". */
  method: string;
  model: string;
  thread: string | null;
  answer: string;
  /** The answer was cut at its longest length; absent where it came to its end. */
  cut?: true;
  /** Ids of agents that failed: their part of the mind is absent and the answer was made without it. */
  degraded: string[];
  /** Null for the methods without a mind, and for a turn that a guard stopped before anybody thought. */
  mind: Mind | null;
  /** What the host's guard did; absent where it let everything pass. */
  guard?: GuardNote[];
  usage: Usage;
}

/** What `stream` yields: the answer's tokens, each node's finished work, and last the whole result. */
export type TurnEvent =
  | { type: "token"; text: string }
  /** The stream was cut and the answer begins again: what was streamed so far is void. */
  | { type: "restart" }
  | { type: "update"; node: string; update: unknown }
  | { type: "result"; result: TurnResult };

/** How memory lives: kept; read but not written (a layer that ends with the thread); or none. */
export type MemoryMode = "persist" | "overlay" | "off";

export interface ConsolidationReport {
  /** Episodes that became long-term memories, were refused by the write gate, failed, and still wait. */
  consolidated: number;
  refused: number;
  failed: number;
  waiting: number;
}

export interface SimulacrumOptions {
  character: Character;
  /** @default "macm" */
  method?: Method;
  /** @default "drawn" */
  wiring?: Wiring;
  /** Agents of your own, and agents left out; only where the method has a mind. @default those of the paper */
  agents?: AgentChoice;
  /**
   * Speaks the answer: a LangChain chat model or a name ("openai:gpt-4.1-mini", "offline"). A model that is passed in is
   * not changed. It is tried again here, so its own retries are off in our calls (of ChatOpenAI by a call option, of
   * LangChain's other models in a copy; a class of your own is called as it is), and a parameter that its server refuses
   * is left out in a copy. What is set on the object later is not sure to be seen. @default "offline"
   */
  model?: BaseChatModel | string;
  /** Serves Top's reflection, Thinking, Emotion and Memory. @default the same as `model` */
  agentModel?: BaseChatModel | string;
  /**
   * Longest waits for models that are given by name: for the first token, between two tokens, for a whole reply. A model
   * that is passed in has those with which `clientOf` wrapped it. @default 120 s, 60 s, 1800 s, or the environment's
   */
  timeLimits?: ReplyTimeLimits;
  /** LangChain embeddings or a name ("energetic", "lexical", "openai:text-embedding-3-small"). @default "lexical" or "energetic" where installed */
  embeddings?: EmbeddingsInterface | string;
  /** Name of embeddings that are passed in; vectors of different names are never mixed. @default their class */
  embeddingModel?: string;
  /** Folder of the character's memory. Without it everything lives in the process only. */
  home?: string;
  store?: MemoryStore;
  /**
   * Keeps checkpoints of `graph`, for a host that wants to look at its state or go back in it. A conversation needs none:
   * what was said is read from the store, and checkpoints that say otherwise are not trusted. `false` says that there is none. @default none
   */
  checkpointer?: BaseCheckpointSaver | false;
  /** @default "persist" */
  memoryMode?: MemoryMode;
  /** Weights of the ranking of memories. */
  ranking?: Partial<RankingOptions>;
  /** Rehearsals before consolidation, size of short-term memory, how the mood fades. */
  memory?: Pick<SimulacrumMemoryOptions, "rehearsals" | "capacity" | "dynamics">;
  /**
   * The host's check on what is said to the simulacrum and on what it answers; see `Guard`. With a check on the answer
   * nothing of it is streamed before its verdict. @default none
   */
  guard?: Guard;
  /** Memories that one turn recalls at most. @default 3 */
  recallLimit?: number;
  /** Re-embed a store whose vectors come from another embedding model. @default false */
  reembed?: boolean;
  /** Tokens that one prompt may hold, answer included. @default 4096 */
  contextTokens?: number;
  /** Told about long work while opening (embedding, re-embedding). */
  onProgress?: (done: number, total: number) => void;
  /** @default () => new Date() */
  clock?: () => Date;
  /** IANA name of the zone in which the people live: what "yesterday" and "this morning" mean there. @default the machine's */
  timeZone?: string;
}
