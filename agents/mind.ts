import { type BaseMessage, type BaseMessageLike, coerceMessageLikeToMessage } from "@langchain/core/messages";
import { type Overwrite, ReducedValue, StateSchema } from "@langchain/langgraph";
import { z } from "zod";
import { type Affect, affectSchema } from "../data/character.js";
import { type RecalledMemory, recalledMemorySchema } from "../memory/recalled-memory.js";
import type { AgentDescriptor } from "./agent.js";
import { builtInAgents } from "./agents.js";
import type { GuardNote } from "./guard/guard.js";
import { mergeConversation } from "./merge-conversation.js";

type BuiltIn = (typeof builtInAgents)[number];

/** What the agents write, by key; null until they have. */
export type MindParts = {
  [Agent in BuiltIn as Agent["writes"]["key"]]: z.output<Agent["writes"]["schema"]> | null;
};

/** Everything that went through the simulacrum's mind in one turn. What failed is null, never made up. */
export type Mind = Omit<MindParts, "recollection"> & {
  memories: RecalledMemory[];
  mood: Affect | null;
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
}) as unknown as z.ZodType<Mind>;

/** Text of a person's, as a message about a wrong one names it. */
const personal = (what: string, longest: number) => {
  const error = `${what} of 1 to ${longest} characters`;
  return z.string({ error }).trim().min(1, { error }).max(longest, { error });
};

/** Who is in the room; `relationship` is how the character knows them. */
export const interlocutorSchema = z.object(
  {
    // A thread that nobody put a name to owns its memories under "thread:…": no person may be called that.
    id: personal("an id", 200)
      .refine((id) => !id.startsWith("thread:"), "an id that does not begin with thread:")
      .refine((id) => !/\p{Surrogate}/u.test(id), "an id that holds no half of a character"),
    name: personal("a name", 120).optional(),
    relationship: personal("a relationship", 300).optional(),
  },
  { error: "a person, {id, name?, relationship?}" },
);

/** Why an agent failed in this turn, by its id, in words for people; null or absent where it did not. */
export const faultsSchema = z.record(z.string(), z.string().nullable());
export type Faults = z.infer<typeof faultsSchema>;

/** What only our own nodes write is checked where it is made, not again at every step. */
const trusted = <T>() => z.custom<T>((value) => value !== undefined);

const message = z.custom<BaseMessage>((value) => typeof value === "object" && value !== null);

/** As much of a message as every act reads. One that cannot be read would lie in its thread and break every later turn. */
const readable = z.object({
  id: z.string().nullish(),
  name: z.string().nullish(),
  content: z.union([
    z.string(),
    z.array(z.union([z.string(), z.looseObject({ text: z.string().optional() })])),
  ]),
});

/** What hosts send: messages, or LangChain's shorthands for them (`{role, content}`, `[role, text]`, a text). Refused before anything is stored. */
export const isMessageLike = (value: unknown): value is BaseMessageLike => {
  try {
    return readable.safeParse(coerceMessageLikeToMessage(value as BaseMessageLike)).success;
  } catch {
    return false;
  }
};
const messageLike = z.custom<BaseMessageLike>(
  isMessageLike,
  "not a message: give a LangChain message, {role, content} or [role, text]",
);

/** The conversation: a window of recent messages; what left it lies in short-term memory. Written by the host, `respond` and `remember`. */
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

/** A bare list of messages in a node's update is streamed to hosts as if it had just been said; inside an object it is not. */
export interface EarlierTalk {
  talk: BaseMessage[];
}
const earlier = new ReducedValue(
  trusted<BaseMessage[]>().default(() => []),
  { inputSchema: trusted<EarlierTalk>(), reducer: (_before: BaseMessage[], { talk }: EarlierTalk) => talk },
);

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
 * (`freshMind`). `mood` is read from the store when a
 * turn begins and written there when it ends. `earlier` is the conversation before `messages` where those do not hold it:
 * read from the store, shown in prompts, never put out to the host. `mind` and `degraded` are the turn's account, written by `remember`.
 * `guard` is what the host's guard did in this turn, and `stopped` what is said because it stopped the stimulus.
 */
export const MindState = new StateSchema({
  messages,
  earlier,
  interlocutor,
  present,
  ...(partFields(builtInAgents) as unknown as { [Key in keyof MindParts]: z.ZodType<MindParts[Key]> }),
  mood: trusted<Affect | null>().default(null),
  faults,
  mind,
  degraded,
  guard,
  stopped: z.string().nullable().default(null),
});
export type MindState = typeof MindState.State;
/** What a node writes: some of the keys. A window written anew is an `Overwrite`: what was said before is not streamed again. */
export type MindUpdate = Partial<Omit<MindState, "messages" | "earlier">> & {
  messages?: BaseMessage[] | Overwrite<BaseMessage[]>;
  earlier?: EarlierTalk;
};

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
