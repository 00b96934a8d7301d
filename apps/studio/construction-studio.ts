import { setMaxListeners } from "node:events";
import type { RunnableConfig } from "@langchain/core/runnables";
import { END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { traitLines } from "../../agents/persona.js";
import { promptBudget } from "../../agents/prompt-budget.js";
import { type Character, lifeMemorySchema } from "../../data/character.js";
import { SimulacraError } from "../../data/errors.js";
import { memoryFolder } from "../../data/home-folder.js";
import { storyChunks, storyParagraphs } from "../../data/story.js";
import {
  constructMemories,
  isMade,
  memoryKeyOf,
} from "../../graphs/memory-construction/construct-memories.js";
import { memoryConstructionGraph } from "../../graphs/memory-construction/memory-construction-graph.js";
import { type OpenedParts, openParts } from "../../graphs/simulacrum/opened-parts.js";
import { LIFE } from "../../memory/ownership.js";
import { memoryRecordSchema } from "../../memory/record.js";
import { countTokens, OfflineChatModel } from "../../models/index.js";
import { characterNamed, defaultCharacter } from "../hosting/characters.js";
import { ResourceCache } from "../hosting/resource-cache.js";
import { modelNames } from "../hosting/settings.js";
import { characterForm } from "./studio-form.js";
import { filledForm, type GraphFactory, readRequest } from "./studio-request.js";

const madeSchema = lifeMemorySchema
  .pick({ content: true, thinking: true, emotion: true, summary: true })
  .extend({ part: z.number() });

/** `part` comes from outside; `survey` says what is `pending`, `construct` moves it to `made` and `failed`, some at a time. */
const Input = z.object({
  part: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe("Which part of the life story (two paragraphs each, from 1); 0: all that are missing."),
});
const State = Input.extend({
  total: z.number().default(0).describe("Parts of the story."),
  found: z.number().default(0).describe("Parts that had been made before."),
  pending: z.array(z.number()).default([]),
  made: z.array(madeSchema).default([]),
  failed: z.array(z.object({ part: z.number(), reason: z.string() })).default([]),
});
type State = z.infer<typeof State>;

/** Parts that are made between two looks at the progress. */
const AT_ONCE = 8;

const open = new ResourceCache<OpenedParts>();

/** The factory of the graph that builds a character's long-term memory from the life story. */
export function constructionFactory(): GraphFactory {
  return async (config, runtime) => {
    const { running, context, settings } = readRequest(config, runtime);
    const schema = await characterForm(settings);
    if (!running) return constructionGraph(await defaultCharacter(settings), undefined, schema);
    const form = filledForm(schema, context);
    const character = await characterNamed(form.character, settings);
    const home = memoryFolder(settings.home, character.id);
    const options = { model: "offline", ...modelNames(form), home };
    const parts = await open.get(JSON.stringify(options), () => openParts({ ...options, character }));
    return constructionGraph(character, parts, schema);
  };
}

/** Without `parts` the graph is there to be drawn. */
function constructionGraph(character: Character, parts: OpenedParts | undefined, schema: z.ZodObject) {
  const ofOneChunk = memoryConstructionGraph({
    name: character.name,
    traits: traitLines(character, promptBudget(), countTokens),
    origin: "life-story",
    model: new OfflineChatModel(),
    countTokens,
  }).compile({ name: "memory-construction" });
  const withParts = <R>(work: (parts: OpenedParts) => Promise<R>): Promise<R> => {
    if (parts) return open.using(parts, () => work(parts));
    throw new SimulacraError("internal", "A graph that was made to be drawn was run.", "internal");
  };
  return (
    new StateGraph({ state: State, input: Input, context: schema })
      .addNode("survey", ({ part }: State) => withParts((used) => survey(character, used, part)))
      // Named here, so that the figure shows how one part becomes a memory.
      .addNode(
        "construct",
        (state: State, config) => withParts((used) => construct(character, used, state, config)),
        { subgraphs: [ofOneChunk] },
      )
      .addEdge(START, "survey")
      .addConditionalEdges("survey", nextStep, ["construct", END])
      // A few parts at a time, so that progress is seen; each part is a run of its own and is kept when it is made.
      .addConditionalEdges("construct", nextStep, ["construct", END])
      .compile({ name: "memory-construction" })
      .withConfig({ recursionLimit: 10_000 })
  );
}

const nextStep = ({ pending }: State) => (pending.length > 0 ? "construct" : END);

const chunksOf = ({ story = "" }: Character) => storyChunks(storyParagraphs(story));

/** Looks which parts of the story are asked for and have no memory yet. */
async function survey(character: Character, { store }: OpenedParts, part = 0): Promise<Partial<State>> {
  const chunks = chunksOf(character);
  const total = chunks.length;
  if (part > total || total === 0)
    throw new SimulacraError(
      "invalid_input",
      `The life story of ${character.name} has ${total} parts; there is no part ${part}. Give one of them, or 0 for all (without a story there is nothing to build).`,
      "user",
      { character: character.id, part },
    );
  const wanted = part === 0 ? chunks : chunks.filter(({ chunk }) => chunk === part);
  const there = await Promise.all(wanted.map((chunk) => isMade(store, chunk)));
  const pending = wanted.flatMap(({ chunk }, index) => (there[index] ? [] : [chunk]));
  return { total, found: wanted.length - pending.length, pending, made: [], failed: [] };
}

/** Makes the next parts and stores them. */
async function construct(
  character: Character,
  { store, agents: model }: OpenedParts,
  { pending, made, failed, total }: State,
  { signal, writer, configurable }: RunnableConfig & Pick<LangGraphRunnableConfig, "writer">,
): Promise<Partial<State>> {
  const next = pending.slice(0, AT_ONCE);
  // Each part listens to it, and in LangGraph to that of the whole run.
  const { externalAbortSignal: outer } = { ...configurable?.__pregel_abort_signals } as {
    externalAbortSignal?: AbortSignal;
  };
  for (const each of [signal, outer]) if (each) setMaxListeners(0, each);
  const report = await constructMemories({
    ...{ character, model, store, chunks: next },
    ...(signal && { signal }),
    onProgress: (now) =>
      writer?.({ done: made.length + now.done, failed: failed.length + now.failed, total }),
  });
  const records = chunksOf(character)
    .filter(({ chunk }) => next.includes(chunk))
    .map(async (chunk) => {
      const item = (await isMade(store, chunk)) && (await store.get([...LIFE], memoryKeyOf(chunk)));
      return item ? [madeSchema.parse({ ...memoryRecordSchema.parse(item.value), part: chunk.chunk })] : [];
    });
  return {
    pending: pending.slice(AT_ONCE),
    made: [...made, ...(await Promise.all(records)).flat()],
    failed: [...failed, ...report.failed.map(({ chunk: part, reason }) => ({ part, reason }))],
  };
}
