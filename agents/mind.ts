import type { BaseMessage, BaseMessageLike } from "@langchain/core/messages";
import { type Overwrite, ReducedValue, StateSchema, UntrackedValue } from "@langchain/langgraph";
import { z } from "zod";
import { type Affect, affectSchema } from "../data/character.js";
import { personId } from "../data/person-id.js";
import { type RecalledMemory, recalledMemorySchema } from "../memory/recalled-memory.js";
import type { Relationship } from "../memory/relationship.js";
import type { TurnChange } from "../memory/transcript.js";
import type { ThreadRecord } from "../memory/turn-record.js";
import type { AgentDescriptor } from "./agent.js";
import { builtInAgents } from "./agents.js";
import type { GuardNote } from "./guard/guard.js";
import { asMessage, mergeConversation } from "./merge-conversation.js";

type BuiltIn = (typeof builtInAgents)[number];

/** What the agents write, by key; null until they have. */
export type MindParts = {
  [Agent in BuiltIn as Agent["writes"]["key"]]: z.output<Agent["writes"]["schema"]> | null;
};

/** Everything that went through the simulacrum's mind in one turn. What failed is null, never made up. */
export type Mind = Omit<MindParts, "recollection"> & {
  memories: RecalledMemory[];
  mood: Affect | null;
  /** Who was there and how the character stood with them, in words. */
  relationship?: string | undefined;
  /** Parts of agents that were added; `partOf` reads them. */
  [added: string]: unknown;
};

const {
  reflection,
  recollection: _asMemories,
  ...otherParts
} = Object.fromEntries(
  builtInAgents.map(({ writes: { key, schema } }) => [key, (schema as z.ZodType).nullable()]),
);
export const mindSchema = z.looseObject({
  reflection,
  memories: z.array(recalledMemorySchema),
  ...otherParts,
  mood: affectSchema.nullable(),
  relationship: z.string().optional(),
}) as unknown as z.ZodType<Mind>;

/**
 * A person's id in its one spelling (`personId`), whichever way it was written.
 * A thread that nobody put a name to owns its memories under "thread:…": no person may be called that.
 */
const idLength = { error: "an id of 1 to 200 characters" };
export const personIdSchema = z
  .string(idLength)
  .overwrite(personId)
  .min(1, idLength)
  .max(200, idLength)
  .refine((id) => !/\p{Cc}/u.test(id), "an id without control characters")
  .refine((id) => !id.startsWith("thread:"), "an id that does not begin with thread:")
  .refine((id) => !/\p{Surrogate}/u.test(id), "an id that holds no half of a character");

/** Text of a person's, as a message about a wrong one names it. */
const personal = (what: string, longest: number) => {
  const error = `${what} of 1 to ${longest} characters`;
  return z.string({ error }).trim().min(1, { error }).max(longest, { error });
};

/** Who is in the room; `relationship` is how the character knows them. */
export const interlocutorSchema = z.object(
  {
    id: personIdSchema,
    name: personal("a name", 120).optional(),
    relationship: personal("a relationship", 300).optional(),
  },
  { error: "a person, {id, name?, relationship?}" },
);

/** Who speaks to the simulacrum. `relationship` is how the character knows them ("a stranger", "my sister"). */
export type Interlocutor = z.infer<typeof interlocutorSchema>;

/** Why an agent failed in this turn, by its id, in words for people; null or absent where it did not. */
const faultsSchema = z.record(z.string(), z.string().nullable());
export type Faults = z.infer<typeof faultsSchema>;

/** What only our own nodes write is checked where it is made, not again at every step. */
const trusted = <T>() => z.custom<T>((value) => value !== undefined);

const message = z.custom<BaseMessage>((value) => typeof value === "object" && value !== null);

/** As much of a message as every node reads. One that cannot be read would lie in its thread and break every later turn. */
const readable = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  content: z.union([
    z.string(),
    z.array(z.union([z.string(), z.looseObject({ text: z.string().optional() })])),
  ]),
});

/** What hosts send: messages, or LangChain's shorthands for them (`{role, content}`, `[role, text]`, a text). Refused before anything is stored. */
export const isMessageLike = (value: unknown): value is BaseMessageLike => {
  try {
    return readable.safeParse(asMessage(value as BaseMessageLike)).success;
  } catch {
    return false;
  }
};
const messageLike = z.custom<BaseMessageLike>(
  isMessageLike,
  "not a message: give a LangChain message, {role, content} or [role, text]",
);

/** The host's side of the conversation: what it sends, and the answer. What was said before is read from the store. */
const messages = new ReducedValue(
  z.array(message).default(() => []),
  {
    inputSchema: z.array(messageLike),
    reducer: mergeConversation,
    jsonSchemaExtra: { langgraph_type: "messages" },
  },
);

/** Failures of this turn, by agent; written by the node that failed, cleared when a turn begins. */
const faults = new ReducedValue(
  faultsSchema.default(() => ({})),
  {
    inputSchema: faultsSchema,
    reducer: (before: Faults, now: Faults): Faults => ({ ...before, ...now }),
  },
);

/**
 * What a turn is about, as every agent sees it: written by `begin_turn`, and by the guard where it puts other words in
 * the place of some. An object, since a bare list of messages in a node's update is streamed to hosts as just said.
 */
export interface Talk {
  /** The thread as the store knows it; null for a turn that belongs to no conversation. */
  thread: ThreadRecord | null;
  /** Who is in the room, by the name that is known; none where the host named nobody. */
  people: Interlocutor[];
  /** What is known of them, in their order; where the host named nobody, of whom the thread belongs to. */
  relationships: Relationship[];
  /** When the turn began. */
  at?: string;
  /** The conversation before: as much of it as working memory holds. */
  before: BaseMessage[];
  /** What just reached the simulacrum. */
  stimulus: BaseMessage[];
  /** The scenes that the host has told, the last one last. */
  scenes: string[];
  /** What was thought in the turn before; null or absent where nothing was. */
  lastThought?: string | null;
  /** What the host's history says against the stored turns; withdrawn there when this turn is kept. */
  change: TurnChange;
}

const interlocutor = interlocutorSchema.nullable().default(null);
const present = z.array(interlocutorSchema).nullable().default(null);
const mind = trusted<Mind | null>().default(null);
const degraded = z.array(z.string()).default(() => []);
/** Put out only where there is a guard: a host may have a key of that name. */
const guard = trusted<GuardNote[]>().optional();

const partFields = (agents: readonly AgentDescriptor[]) =>
  Object.fromEntries(agents.map(({ writes }) => [writes.key, trusted<unknown>().default(null)]));

/**
 * The working-memory state that the agents pass on. Each agent writes its own key, and all of these end with the turn
 * (`freshMind`). `talk` is what the turn is about and `mood` the mood it finds, both read from the store when it begins.
 * `mind` and `degraded` are the turn's account, written by `remember`. `guard` is what the host's guard did in this turn,
 * and `stopped` what is said because it stopped the stimulus. `openedFor` stays in a host's checkpoints, and says among whom
 * the messages there were said (`peopleMark`).
 */
export const MindState = new StateSchema({
  messages,
  // Who is in the room is said with every call, and never read from a checkpoint.
  interlocutor: new UntrackedValue(interlocutor, { guard: false }),
  present: new UntrackedValue(present, { guard: false }),
  openedFor: z.string().nullable().default(null),
  talk: trusted<Talk | null>().default(null),
  ...(partFields(builtInAgents) as unknown as { [Key in keyof MindParts]: z.ZodType<MindParts[Key]> }),
  mood: trusted<Affect | null>().default(null),
  faults,
  mind,
  degraded,
  guard,
  stopped: z.string().nullable().default(null),
});
export type MindState = typeof MindState.State;
/** What a node writes: some of the keys. Messages that replace all are an `Overwrite`: what was said before is not streamed again. */
export type MindUpdate = Partial<Omit<MindState, "messages">> & {
  messages?: BaseMessage[] | Overwrite<BaseMessage[]>;
};

/** The messages of an update, whether added or written in the place of all. */
export const messagesIn = ({ messages = [] }: Pick<MindUpdate, "messages">): BaseMessage[] =>
  Array.isArray(messages) ? messages : messages.value;
/** The state of a graph with these agents. */
export const mindState = (agents: readonly AgentDescriptor[]): typeof MindState =>
  new StateSchema({ ...MindState.fields, ...partFields(agents) }) as unknown as typeof MindState;

/** What a host gives and gets; every other key stays inside the graph. */
export const TurnInput = new StateSchema({ messages, interlocutor, present });
export const TurnOutput = new StateSchema({ messages, mind, degraded });
const GuardedOutput = new StateSchema({ messages, mind, degraded, guard });

/** What a host gets; `guard` only where there is one. */
export const outputOf = (deps: { guard?: object }): typeof GuardedOutput =>
  deps.guard ? GuardedOutput : (TurnOutput as unknown as typeof GuardedOutput);

/** The update that begins and ends a turn: nothing of yesterday's mind is left. */
export function freshMind(agents: readonly AgentDescriptor[]) {
  const all = [...builtInAgents, ...agents];
  return {
    ...(Object.fromEntries(all.map(({ writes }) => [writes.key, null])) as {
      [Key in keyof MindParts]: null;
    }),
    stopped: null,
    faults: Object.fromEntries(all.map(({ id }) => [id, null])),
  };
}

/** The account of a turn's mind, with the parts of the agents that were added. */
export function accountOfMind(state: MindState, agents: readonly AgentDescriptor[]): Mind {
  const parts = [...builtInAgents, ...agents].map(({ writes: { key } }) =>
    key === "recollection"
      ? ["memories", state.recollection?.memories ?? []]
      : [key, state[key as keyof MindState] ?? null],
  );
  return { ...Object.fromEntries(parts), mood: state.mood } as Mind;
}
