import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Embeddings } from "@langchain/core/embeddings";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { END, START, StateGraph } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import Database from "better-sqlite3";
import { freshMind, MindState, TurnInput, TurnOutput } from "../../agents/mind.js";
import { type Character, findCharacter, ownCharactersFolder } from "../../data/index.js";
import { mean } from "../../evals/core/statistics/values.js";
import { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { ScriptedChatModel } from "../../models/index.js";
import { median, type Row } from "./figures.js";

/** Vectors at no cost: what is measured is everything but the models. */
class FreeEmbeddings extends Embeddings {
  constructor() {
    super({});
  }
  override async embedQuery(text: string): Promise<number[]> {
    return Array.from({ length: 16 }, (_, place) => ((text.length + place * 7) % 13) + 1);
  }
  override embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map((text) => this.embedQuery(text)));
  }
}

const ANSWER =
  "Well, that depends on the day. Mostly I see to the fenders that came in damaged and get a kettle on before anybody asks me for anything, and then I sit down to whatever is on the hook and let them talk.";

/** Replies at once, to notes and feelings in the form that is asked for, and reports its usage as servers do. */
const freeModel = () =>
  new ScriptedChatModel({
    replies: (messages: { text: string }[]) => {
      const asked = messages.map(({ text }) => text).join("\n");
      const text = asked.includes("keyElements") ? NOTES : asked.includes("valence") ? FEELING : ANSWER;
      return Object.assign(new AIMessage(text), {
        usage_metadata: { input_tokens: 1000, output_tokens: 50, total_tokens: 1050 },
      });
    },
  });
const NOTES = '{"keyElements":["asks about work"],"asksForMemory":true,"queries":["my work with rope"]}';
const FEELING = '{"text":"A little pleased to be asked.","valence":0.2,"arousal":0.3}';

const questions = [
  "What do you do all day?",
  "Who taught you?",
  "Do you like cricket?",
  "What was your mother like?",
  "How is your eye?",
];

/**
 * Turns of a thread of the bare graph, whose history nothing bounds: on average it then holds the 14 messages that
 * working memory holds here.
 */
const bareTurns = 13;

/** The same six nodes over the same state, wired the same way, with nothing in them but their model call. */
function bareGraph(model: ScriptedChatModel, checkpointer: SqliteSaver) {
  const ask = async (text: string) => (await model.invoke([new HumanMessage(text)])).text;
  return new StateGraph({ state: MindState, input: TurnInput, output: TurnOutput })
    .addNode("reflect", async () => ({ reflection: JSON.parse(await ask("keyElements")) }))
    .addNode("recall", async () => ({
      recollection: { memories: [], nothingRelevant: true, someoneElse: false, support: 0, relevance: 0 },
    }))
    .addNode("think", async () => ({ thought: await ask("thought") }))
    .addNode("feel", async () => ({ feeling: JSON.parse(await ask("valence")) }))
    .addNode("respond", async () => ({ messages: [new AIMessage(await ask("answer"))] }))
    .addNode("remember", async ({ reflection, thought, feeling }: MindState) => ({
      ...freshMind([]),
      mind: { reflection, memories: [], thought, feeling, mood: null },
    }))
    .addEdge(START, "reflect")
    .addEdge("reflect", "recall")
    .addEdge("recall", "think")
    .addEdge("recall", "feel")
    .addEdge(["think", "feel"], "respond")
    .addEdge("respond", "remember")
    .addEdge("remember", END)
    .compile({ checkpointer });
}

/** Own cost of a turn beside a bare graph, whether it grows with the conversation, and how the checkpoints grow. */
export async function overheadBench({ smoke = false } = {}): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "simulacra-bench-"));
  const turns = smoke ? 30 : 200;
  try {
    const character = await findCharacter("hester-tranter", [ownCharactersFolder()]);
    const home = join(folder, "home");
    const simulacrum = await createSimulacrum({
      character,
      model: freeModel(),
      embeddings: new FreeEmbeddings(),
      embeddingModel: "free-16",
      home,
    });
    const bareSaver = SqliteSaver.fromConnString(join(folder, "bare.sqlite"));
    const bare = bareGraph(freeModel(), bareSaver);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      const text = `${questions[turn % questions.length]} (${turn})`;
      const input = () => ({
        messages: [new HumanMessage(text)],
        interlocutor: { id: "ben", name: "Ben" },
      });
      // In turn, so that a busy machine slows both alike.
      let start = performance.now();
      await bare.invoke(input(), {
        configurable: { thread_id: `bare-${Math.floor(turn / bareTurns)}` },
        durability: "exit",
      });
      theirs.push(performance.now() - start);
      start = performance.now();
      await simulacrum.graph.invoke(input(), { configurable: { thread_id: "bench" }, durability: "exit" });
      ours.push(performance.now() - start);
    }
    bareSaver.db.close();
    await simulacrum.close();
    const around = (turn: number) => median(ours.slice(Math.max(0, turn - 6), turn + 5));
    const bytes = await hostCheckpointBytes(character, join(folder, "host.sqlite"), turns);
    const lastHalf = mean(bytes.slice(Math.floor(turns / 2), turns));
    const secondQuarter = mean(bytes.slice(Math.floor(turns / 4), Math.floor(turns / 2)));
    return [
      {
        what: "own cost of a turn, p50",
        measured: median(ours.slice(10)),
        unit: "ms",
        baseline: { name: "bare graph", value: median(theirs.slice(10)) },
      },
      {
        what: "own cost to bare graph",
        measured: median(ours.slice(10)) / median(theirs.slice(10)),
        unit: "times",
        limit: 1.5,
      },
      ...(smoke
        ? []
        : [{ what: "turn 100 to turn 10", measured: around(100) / around(12), unit: "times", limit: 1.2 }]),
      {
        what: `bytes a turn of a host's checkpoints, last half of ${turns}`,
        measured: lastHalf,
        unit: "bytes",
        baseline: { name: "second quarter", value: secondQuarter },
      },
      {
        what: "checkpoint growth, last half to second quarter",
        measured: lastHalf / secondQuarter,
        unit: "times",
        limit: 1.1,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes that each turn takes in the checkpoints of a host who keeps them for the graph. */
async function hostCheckpointBytes(character: Character, file: string, turns: number): Promise<number[]> {
  const checkpointer = SqliteSaver.fromConnString(file);
  const embeddings = new FreeEmbeddings();
  const person = await createSimulacrum({ character, model: freeModel(), embeddings, checkpointer });
  for (let turn = 0; turn < turns; turn++)
    await person.graph.invoke(
      { messages: [new HumanMessage(`${questions[turn % questions.length]} (${turn})`)] },
      { configurable: { thread_id: "bench" }, durability: "exit" },
    );
  await person.close();
  checkpointer.db.close();
  return checkpointBytes(file);
}

/** Bytes that each turn's checkpoints take, in order. */
function checkpointBytes(file: string): number[] {
  const database = new Database(file, { readonly: true });
  try {
    const sql = `SELECT length(checkpoint) + length(metadata) + coalesce((SELECT sum(length(w.value)) FROM writes w
      WHERE w.thread_id = c.thread_id AND w.checkpoint_id = c.checkpoint_id), 0) AS bytes FROM checkpoints c ORDER BY checkpoint_id`;
    return database
      .prepare<[], { bytes: number }>(sql)
      .all()
      .map(({ bytes }) => bytes);
  } finally {
    database.close();
  }
}
