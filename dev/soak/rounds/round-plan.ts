import type { ModelWeather } from "../faults/model-weather.js";

/** What a worker can be told to do in a round. */
export type ActName =
  | "ask"
  /** A turn in no conversation. */
  | "stateless"
  /** A turn with a time limit that it may not reach. */
  | "hurried"
  /** A turn of a host that keeps the conversation itself: it goes on, edits its last message or wants another answer. */
  | "host"
  | "withdraw"
  | "forget"
  | "consolidate"
  | "construct"
  /** Construction, all anew. */
  | "reconstruct"
  | "index";

/** One kind of round: who does what at the same time, and what goes wrong. */
export interface RoundPlan {
  name: string;
  /** Processes on one character. */
  processes: 1 | 2;
  /** Acts at the same time in each process. */
  lanes: number;
  /** Whether both processes talk in the same conversations. */
  sharedTalks?: boolean;
  /** How often each act is chosen. */
  acts: Partial<Record<ActName, number>>;
  weather?: ModelWeather;
  /** The clock of the machine jumps, between lives and within them. */
  clockJumps?: boolean;
  /** The disk is filled up and cleared again. */
  fullDisk?: boolean;
  /** Derived files that are damaged between two lives. */
  damages?: readonly "index"[];
  /** Between two lives the home becomes one of format 1 again, and is often killed on its way back. */
  oldHome?: boolean;
  /** Codes of errors that an act may end with in this round; any other is a violation. */
  mayFail?: readonly string[];
}
