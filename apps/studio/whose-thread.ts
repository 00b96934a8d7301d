import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { z } from "zod";
import { SimulacraError } from "../../data/errors.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { audienceLabel, threadAudience } from "../../memory/ownership.js";
import type { StudioInterlocutor } from "./studio-form.js";

/**
 * Whose a conversation is. The server keeps its words in every memory mode, so this lies beside them: the character's
 * memory does not know of every conversation, and forgets some.
 */
export const whoseSchema = z.object({
  character: z.string(),
  audience: z.array(z.string()),
  /** The character's lasting memory has known it. */
  remembered: z.boolean(),
});
export type Whose = z.infer<typeof whoseSchema>;

/** As much of a conversation's state as says whose it is; one with a disclosure has had a turn. Empty before the first. */
const begunSchema = z.object({ whose: whoseSchema.nullish(), disclosure: z.string().nullish() });
export type Begun = z.infer<typeof begunSchema>;

/** As much of a compiled graph as is asked here. The server sets its checkpointer before it runs it. */
interface ServedGraph {
  checkpointer?: Pick<BaseCheckpointSaver, "getTuple">;
  stream(input: unknown, options?: unknown): Promise<unknown>;
}

/**
 * The graph, with a door: whose the conversation is, is asked before a run, for the server keeps what was said before
 * the first node begins. It is asked of the conversation as it now is, from whatever earlier point the run goes on.
 */
export function closedToOthers<Graph extends object>(
  graph: Graph,
  person: Simulacrum,
  thread: string,
  interlocutor: StudioInterlocutor | null,
): Graph {
  const served = graph as unknown as ServedGraph;
  const open = served.stream.bind(served);
  served.stream = async (input, options) => {
    if (served.checkpointer) {
      // Not the graph's own reading of it, which fails on an input that could not be read and is kept beside it.
      const last = await served.checkpointer.getTuple({
        configurable: { thread_id: thread, checkpoint_ns: "" },
      });
      const begun = begunSchema.parse(last?.checkpoint.channel_values ?? {});
      await whoseThread(person, thread, interlocutor, begun);
    }
    return open(input, options);
  };
  return graph;
}

/**
 * Whose the conversation is from here on: those with whom it began, or who begin it now.
 * @throws SimulacraError `thread_people` for anybody else, and for all where it was forgotten; `thread_method`
 */
export async function whoseThread(
  person: Simulacrum,
  thread: string,
  interlocutor: StudioInterlocutor | null,
  { whose, disclosure }: Begun = {},
): Promise<Whose> {
  const { character, memory, method } = person;
  const audience = interlocutor ? [interlocutor.id] : threadAudience(thread);
  if (
    whose &&
    (whose.character !== character.id || audienceLabel(whose.audience) !== audienceLabel(audience))
  )
    throw refusal(thread, "was opened with other people or another character than now");
  const remembered = (await memory.transcript.thread(thread)) !== null;
  if (remembered) await memory.transcript.admit(thread, { audience, method });
  else if (whose?.remembered) throw refusal(thread, "was forgotten, so that nobody may read on in it");
  else if (!whose && disclosure)
    throw refusal(thread, "is of people who are not known, so that nobody may read on in it");
  return { character: character.id, audience, remembered };
}

const refusal = (thread: string, why: string) =>
  new SimulacraError("thread_people", `The conversation ${thread} ${why}. Use another thread.`, "user", {
    thread,
  });
