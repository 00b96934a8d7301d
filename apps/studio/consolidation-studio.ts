import type { RunnableConfig } from "@langchain/core/runnables";
import { END, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { consolidationGraph } from "../../graphs/consolidation/consolidation-graph.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { parseMemoryId } from "../../memory/recalled-memory.js";
import { type DueRecord, dueRecordSchema } from "../../memory/turn-record.js";
import { countTokens, OfflineChatModel } from "../../models/index.js";
import { characterNamed } from "../hosting/characters.js";
import { openSimulacrum, simulacrumToDraw, usingSimulacrum } from "../hosting/open-simulacra.js";
import { characterForm } from "./studio-form.js";
import { filledForm, type GraphFactory, readRequest } from "./studio-request.js";

/** What became of an episode that was due. `waiting`: it failed, or the time was over. */
const outcomeSchema = z.object({
  episode: z.string(),
  outcome: z.enum(["consolidated", "refused", "waiting"]),
  /** The long-term memory that it became. */
  memory: z.string().optional(),
  reason: z.string().optional(),
});
type Outcome = z.infer<typeof outcomeSchema>;

/** `seconds` comes from outside; `look` lists what is due, `consolidate` says what became of it. */
const Input = z.object({
  seconds: z.number().min(1).max(3600).default(60).describe("How long to work at it at most."),
});
const State = Input.extend({
  due: z
    .array(z.object({ key: z.string(), text: z.string(), due: dueRecordSchema }))
    .default([])
    .describe("Episodes that were recalled twice, or matter, and wait to become long-term memories."),
  outcomes: z.array(outcomeSchema).default([]),
  refusals: z
    .record(z.string(), z.number())
    .default({})
    .describe("How often the write gate refused, by reason."),
  waiting: z.number().default(0),
});
type State = z.infer<typeof State>;

/** The factory of the graph that works off what a character has due for consolidation. */
export function consolidationFactory(): GraphFactory {
  return async (config, runtime) => {
    const { running, context, settings } = readRequest(config, runtime);
    const schema = await characterForm(settings);
    if (!running) return studioGraph(await simulacrumToDraw("macm", "drawn", settings), schema);
    const form = filledForm(schema, context);
    const character = await characterNamed(form.character, settings);
    const play = { method: "macm", wiring: "drawn", memoryMode: "persist" } as const;
    return studioGraph(await openSimulacrum(character, form, play, settings), schema);
  };
}

function studioGraph(simulacrum: Simulacrum, schema: z.ZodObject) {
  const ofOneEpisode = consolidationGraph({
    name: simulacrum.character.name,
    traits: "",
    origin: "talk",
    model: new OfflineChatModel(),
    countTokens,
    memory: simulacrum.memory,
  }).compile({ name: "consolidation" });
  return (
    new StateGraph({ state: State, input: Input, context: schema })
      .addNode("look", () => look(simulacrum))
      // Named here, so that the figure shows how one episode becomes a memory.
      .addNode(
        "consolidate",
        (state: State, config) => usingSimulacrum(simulacrum, () => consolidate(simulacrum, state, config)),
        { subgraphs: [ofOneEpisode] },
      )
      .addEdge(START, "look")
      .addConditionalEdges("look", ({ due }) => (due.length > 0 ? "consolidate" : END), ["consolidate", END])
      .addEdge("consolidate", END)
      .compile({ name: "consolidation" })
  );
}

/** Lists what is due; what was given up is tried again, for that is what was asked for. */
async function look({ memory: { consolidation } }: Simulacrum): Promise<Partial<State>> {
  await consolidation.tryAgain();
  const episodes = (await consolidation.due()).map(async ({ key, due }) => {
    const episode = await consolidation.read(due.episode);
    return { key, text: episode?.text ?? "", due };
  });
  const due = await Promise.all(episodes);
  return { due, outcomes: [], refusals: await consolidation.refusals(), waiting: due.length };
}

/** Works it off, one episode at a time, and looks what became of each. */
async function consolidate(
  simulacrum: Simulacrum,
  { due, seconds = 60 }: State,
  { signal }: RunnableConfig,
): Promise<Partial<State>> {
  const { waiting } = await simulacrum.consolidate({ forMs: seconds * 1000, ...(signal && { signal }) });
  signal?.throwIfAborted();
  const { consolidation } = simulacrum.memory;
  const still = new Map((await consolidation.due()).map(({ key, due: left }) => [key, left]));
  const outcomes = due.map(async ({ key, text: episode, due: was }) => ({
    episode,
    ...(await outcomeOf(was, still.get(key))),
  }));
  return { outcomes: await Promise.all(outcomes), waiting, refusals: await consolidation.refusals() };

  async function outcomeOf(was: DueRecord, left: DueRecord | undefined): Promise<Omit<Outcome, "episode">> {
    if (left) return { outcome: "waiting", reason: left.lastError ?? "The time was over." };
    const episode = await consolidation.read(was.episode);
    if (!episode) return { outcome: "refused", reason: "It was forgotten meanwhile." };
    if (episode.supersededBy === undefined)
      return { outcome: "refused", reason: "The write gate refused it." };
    const memory = await consolidation.read(parseMemoryId(episode.supersededBy));
    return { outcome: "consolidated", ...(memory && { memory: memory.text }) };
  }
}
