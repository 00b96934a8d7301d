import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { z } from "zod";
import { SimulacraError } from "../../data/errors.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { audienceLabel, threadAudience } from "../../memory/ownership.js";

/**
 * Whose a thread is. The server keeps its words in every memory mode, so this lies beside them: the character's memory
 * does not know of every thread, and forgets some.
 */
export const threadOwnerSchema = z.object({
  character: z.string(),
  audience: z.array(z.string()),
  /** The character's lasting memory has known it. */
  remembered: z.boolean(),
});
export type ThreadOwner = z.infer<typeof threadOwnerSchema>;

/** As much of a thread's state as says whose it is; one with a disclosure has had a turn. Empty before the first. */
const threadStateSchema = z.object({ whose: threadOwnerSchema.nullish(), disclosure: z.string().nullish() });
export type ThreadState = z.infer<typeof threadStateSchema>;

/** As much of a compiled graph as is asked here. The server sets its checkpointer before it runs it. */
interface ServedGraph {
  checkpointer?: Pick<BaseCheckpointSaver, "getTuple">;
  stream(input: unknown, options?: unknown): Promise<unknown>;
}

/**
 * The graph, which admits who speaks before a run: the server keeps what was said before the first node begins. The
 * thread is asked as it now is, from whatever earlier point the run goes on.
 */
export function admittingFirst<Graph extends object>(
  graph: Graph,
  simulacrum: Simulacrum,
  thread: string,
  interlocutor: string | undefined,
): Graph {
  const served = graph as unknown as ServedGraph;
  const stream = served.stream.bind(served);
  served.stream = async (input, options) => {
    if (served.checkpointer) {
      // Not the graph's own reading of it, which fails on an input that could not be read and is kept beside it.
      const last = await served.checkpointer.getTuple({
        configurable: { thread_id: thread, checkpoint_ns: "" },
      });
      const state = threadStateSchema.parse(last?.checkpoint.channel_values ?? {});
      await admit(simulacrum, thread, interlocutor, state);
    }
    return stream(input, options);
  };
  return graph;
}

/**
 * Lets an interlocutor (by id; undefined: nobody named) speak in a thread, or refuses; tells whose it is from here on:
 * those with whom it began, or who begin it now.
 * @throws SimulacraError `thread_people` for anybody else, and for all where it was forgotten; `thread_method`
 */
export async function admit(
  { character, memory, method }: Simulacrum,
  thread: string,
  interlocutor: string | undefined,
  { whose, disclosure }: ThreadState = {},
): Promise<ThreadOwner> {
  const audience = interlocutor === undefined ? threadAudience(thread) : [interlocutor];
  const others = whose && audienceLabel(whose.audience) !== audienceLabel(audience);
  if (others || (whose && whose.character !== character.id))
    throw refusal(thread, "was opened with other people or another character than now");
  const remembered = (await memory.transcript.admit(thread, { audience, method })) !== null;
  if (!remembered && whose?.remembered)
    throw refusal(thread, "was forgotten, so that nobody may read on in it");
  if (!remembered && !whose && disclosure)
    throw refusal(thread, "is of people who are not known, so that nobody may read on in it");
  return { character: character.id, audience, remembered };
}

const refusal = (thread: string, why: string) =>
  new SimulacraError("thread_people", `The conversation ${thread} ${why}. Use another thread.`, "user", {
    thread,
  });
