import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@langchain/langgraph-sdk";
import { register } from "tsx/esm/api";
import { z } from "zod";
import { SqliteMemoryStore } from "../../../memory/index.js";
import { recordNamespaces, turnRecordSchema } from "../../../memory/turn-record.js";
import { LexicalEmbeddings } from "../../../models/index.js";
import { type AgentsServer, startAgentsServer } from "./agents-server.js";

/** The repository: where langgraph.json stands. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What langgraph.json serves, by name. */
export async function servedGraphs(): Promise<Record<string, string>> {
  const file = await readFile(join(root, "langgraph.json"), "utf8");
  return z.object({ graphs: z.record(z.string(), z.string()) }).parse(JSON.parse(file)).graphs;
}

/** The state of a talk as the SDK gives it. */
export const talkSchema = z.object({
  messages: z.array(z.object({ type: z.string(), content: z.string(), name: z.string().nullish() })),
});

/** The words of a talk. */
export const wordsOf = (values: unknown): string[] =>
  talkSchema.parse(values).messages.map(({ content }) => content);

/** The text of one event of the stream "messages-tuple". */
export const tokenOf = (data: unknown): string =>
  z.tuple([z.object({ content: z.string() }), z.unknown()]).parse(data)[0].content;

/** The input of one message. */
export const say = (content: string) => ({ messages: [{ role: "user", content }] });

/** What the scripted voice answers. */
export const answerTo = (words: string): string => `I heard you say: ${words}`;

export const ben = { interlocutor: "ben", interlocutorName: "Ben" };
export const ida = { interlocutor: "ida", interlocutorName: "Ida" };

/** The settings under which a server of these tests runs. */
export const studioSettings = (agents: AgentsServer, home: string) => ({
  SIMULACRA_HOME: home,
  SIMULACRA_MODEL: "openai:scripted",
  SIMULACRA_AGENT_MODEL: "",
  SIMULACRA_EMBEDDINGS: "lexical",
  OPENAI_BASE_URL: agents.baseURL,
});

/** A model server whose voice repeats what it was told. */
export const startEcho = (): Promise<AgentsServer> =>
  startAgentsServer({ respond: ({ said }) => answerTo(said.slice(-70)) });

/** The turns of a thread with Hester as the memory holds them: what was said, what was answered. */
export async function storedTurns(home: string, thread: string): Promise<string[][]> {
  const store = await SqliteMemoryStore.open({
    path: join(home, "memory", "hester-tranter", "memory.sqlite"),
    embeddings: new LexicalEmbeddings(),
    embeddingModel: "lexical-384",
  });
  try {
    const items = await store.search(recordNamespaces.turns(thread), { limit: 100 });
    const turns = items.map(({ value }) => turnRecordSchema.parse(value)).sort((a, b) => a.turn - b.turn);
    return turns.map(({ stimulus, answer }) => [...stimulus.map(({ text }) => text), answer.text]);
  } finally {
    await store.close();
  }
}

/** LangGraph's local server in this process with the graphs of langgraph.json, and a client of it. */
export class StudioServer {
  readonly client: Client;
  private constructor(
    readonly agents: AgentsServer,
    readonly url: string,
    readonly home: string,
    private readonly stop: () => Promise<void>,
  ) {
    this.client = new Client({ apiUrl: url, callerOptions: { maxRetries: 0 } });
  }

  static async start(): Promise<StudioServer> {
    const folder = await mkdtemp(join(tmpdir(), "simulacra-studio-"));
    const agents = await startEcho();
    const home = join(folder, "home");
    const before = { ...process.env };
    Object.assign(process.env, studioSettings(agents, home), { LOG_LEVEL: "crit" });
    // The server loads TypeScript itself, as its command does, and reads its log level when it is loaded.
    register();
    const { startServer } = await import("@langchain/langgraph-api/server");
    const graphs = Object.fromEntries(
      Object.entries(await servedGraphs()).map(([id, path]) => [id, join(root, path)]),
    );
    const options = { port: 0, host: "127.0.0.1", nWorkers: 50, cwd: folder, graphs };
    const server = await startServer(options);
    return new StudioServer(agents, `http://${server.host}`, home, async () => {
      await server.cleanup();
      await agents.close();
      process.env = before;
      await rm(folder, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.stop();
  }

  async newThread(): Promise<string> {
    return (await this.client.threads.create()).thread_id;
  }

  /** Says something in a thread; the words of the talk afterwards. */
  async told(thread: string, content: string, context: object = ben, graph = "macm"): Promise<string[]> {
    return wordsOf(await this.client.runs.wait(thread, graph, { input: say(content), context }));
  }

  stored(thread: string): Promise<string[][]> {
    return storedTurns(this.home, thread);
  }

  /** All that the models were shown since the last look. */
  shown(): string {
    return this.agents.prompts
      .splice(0)
      .map(({ prompt }) => prompt)
      .join("\n");
  }
}
