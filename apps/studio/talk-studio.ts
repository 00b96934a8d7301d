import type { RunnableConfig } from "@langchain/core/runnables";
import { END, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { mindSchema } from "../../agents/mind.js";
import type { Method } from "../../graphs/methods.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { characterNamed } from "../cli/character-source.js";
import { openPerson, sitter, whileAtWork } from "./open-people.js";
import { interlocutorOf, type StudioInterlocutor, talkForm, wiringOf } from "./studio-form.js";
import { studioMessages } from "./studio-messages.js";
import { filledForm, type GraphFactory, readRequest, threadIn } from "./studio-request.js";
import { takeTurn } from "./take-turn.js";
import { closedToOthers, whoseSchema, whoseThread } from "./whose-thread.js";

/** What Studio shows of a talk: the conversation, and the mind behind the last answer with what it cost. */
const TalkState = z.object({
  messages: studioMessages,
  mind: mindSchema.nullable().default(null),
  degraded: z.array(z.string()).default([]),
  usage: z.record(z.string(), z.unknown()).nullable().default(null),
  /** What is shown before the first turn: the person is computer-generated. */
  disclosure: z.string().default(""),
  whose: whoseSchema.nullable().default(null),
});
type TalkState = z.infer<typeof TalkState>;
const TalkInput = z.object({ messages: studioMessages });

/**
 * The factory of a graph one talks with: the simulacrum's own graph as a node, so that its agents are drawn and
 * streamed, in a state that Studio can make a chat and a form of.
 */
export function talkFactory(method: Method): GraphFactory {
  return async (config, runtime) => {
    const { running, context, thread, settings } = readRequest(config, runtime);
    const schema = await talkForm(method, settings);
    const wiring = wiringOf(method, context);
    if (!running) return talkGraph(await sitter(method, wiring, settings), null, schema);
    const form = filledForm(schema, context);
    const { memoryMode } = form;
    const character = await characterNamed(form.character, settings);
    const person = await openPerson(character, form, { method, wiring, memoryMode }, settings);
    const interlocutor = interlocutorOf(form);
    const graph = talkGraph(person, interlocutor, schema);
    // In every memory mode: the conversation lies with the server, and is read whatever is remembered of it.
    return thread === undefined ? graph : closedToOthers(graph, person, thread, interlocutor);
  };
}

function talkGraph(person: Simulacrum, interlocutor: StudioInterlocutor | null, schema: z.ZodObject) {
  return (
    new StateGraph({ state: TalkState, input: TalkInput, context: schema })
      // A node of its own: whose the conversation is stands before the first turn, which may fail.
      .addNode("admit", async ({ whose }: TalkState, config: RunnableConfig) => {
        const thread = threadIn(config);
        return {
          whose: whose ?? (thread === undefined ? null : await whoseThread(person, thread, interlocutor)),
        };
      })
      .addNode(
        "simulacrum",
        (state: TalkState, config: RunnableConfig) =>
          whileAtWork(person, () => takeTurn(person, interlocutor, state, config)),
        // Named here, so that the figure and the stream show the agents inside.
        { subgraphs: [person.graph as never] },
      )
      .addEdge(START, "admit")
      .addEdge("admit", "simulacrum")
      .addEdge("simulacrum", END)
      .compile({ name: person.method })
  );
}
