import { join } from "node:path";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import {
  type ConstructMemoriesOptions,
  constructMemories,
} from "../../graphs/memory-construction/construct-memories.js";
import { createSimulacrum, type Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { type MemoryStore, SqliteMemoryStore } from "../../memory/index.js";
import { resolveChatModel, resolveEmbeddings } from "../../models/index.js";
import type { Command, Reply } from "./protocol.js";
import { soakCharacter } from "./soak-character.js";

type Opening = Extract<Command, { act: "open" }>;
type Act = Exclude<Command, { act: "open" | "clock" }>;

/** A worker's simulacrum with the acts it is told. */
export class OpenedWorker {
  private constructor(
    private readonly simulacrum: Simulacrum,
    private readonly store: MemoryStore,
    private readonly model: BaseChatModel,
    /** What the simulacrum did not open itself. */
    private readonly own: SqliteMemoryStore | undefined,
  ) {}

  static async open({
    home,
    baseURL,
    exactBelow,
    opensItself,
    modelPatienceMs,
  }: Opening): Promise<OpenedWorker> {
    const model = await resolveChatModel("openai:soak", {
      env: { ...process.env, OPENAI_BASE_URL: baseURL },
      concurrency: 8,
      maxRetries: 1,
      backoffMs: 20,
      firstTokenTimeoutMs: modelPatienceMs,
      idleTimeoutMs: modelPatienceMs,
    });
    const { embeddings, id } = await resolveEmbeddings("lexical");
    const clock = () => new Date();
    const store = opensItself
      ? undefined
      : await SqliteMemoryStore.open({
          path: join(home, "memory.sqlite"),
          embeddings,
          embeddingModel: id,
          exactBelow,
          clock,
        });
    const simulacrum = await createSimulacrum({
      character: soakCharacter,
      model,
      embeddings,
      embeddingModel: id,
      ...(store && { store }),
      home,
      clock,
      // Small, so that turns leave working memory, are rehearsed and crowd each other out within seconds.
      contextTokens: 1_400,
      memory: { rehearsals: 1, capacity: 25 },
    });
    return new OpenedWorker(simulacrum, simulacrum.memory.store, model, store);
  }

  async act(command: Act): Promise<Omit<Reply, "id">> {
    const { simulacrum, store, model } = this;
    switch (command.act) {
      case "ask": {
        const { answer } = await simulacrum.ask(command.text, {
          ...(command.thread !== null && { thread: command.thread }),
          ...inTheRoom(command.audience),
          ...(command.timeoutMs !== undefined && { timeoutMs: command.timeoutMs }),
        });
        return { text: answer };
      }
      case "host": {
        const messages = command.messages.map(({ id, text, isAnswer }) =>
          isAnswer
            ? new AIMessage({ id, content: text, name: soakCharacter.id })
            : new HumanMessage({ id, content: text, name: command.audience[0] ?? "" }),
        );
        const input = { messages, ...inTheRoom(command.audience) };
        const out = await simulacrum.graph.invoke(input, { configurable: { thread_id: command.thread } });
        const answer = out.messages.at(-1);
        return { text: answer?.text ?? "", answerId: answer?.id ?? "" };
      }
      case "withdraw": {
        const gone = await simulacrum.withdraw(command.thread, inTheRoom(command.audience));
        return { text: gone?.stimulus ?? null };
      }
      case "forget":
        await simulacrum.forget(command.person);
        return {};
      case "consolidate":
        await simulacrum.consolidate({ forMs: command.forMs });
        return {};
      case "construct":
        return { text: await constructed({ character: soakCharacter, model, store, again: command.again }) };
      case "index":
        await this.own?.buildIndex();
        return {};
      case "close":
        await simulacrum.close();
        await this.own?.close();
        return {};
    }
  }
}

/** How many memories the story has, where all of them are made. */
async function constructed(options: ConstructMemoriesOptions): Promise<string | null> {
  const { total, failed } = await constructMemories(options);
  return failed.length === 0 ? String(total) : null;
}

/** One person is the interlocutor; several are the people present. */
function inTheRoom(audience: readonly string[]) {
  const [first, ...others] = audience.map((id) => ({ id, name: id[0]?.toUpperCase() + id.slice(1) }));
  if (!first) return {};
  return others.length === 0 ? { interlocutor: first } : { present: [first, ...others] };
}
