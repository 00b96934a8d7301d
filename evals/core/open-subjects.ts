import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { Character } from "../../data/character.js";
import { SimulacraError } from "../../data/errors.js";
import { readCondition } from "../../graphs/conditions.js";
import type { SimulacrumOptions } from "../../graphs/simulacrum/options.js";
import { SqliteMemoryStore } from "../../memory/backends/sqlite/sqlite-memory-store.js";
import { LIFE } from "../../memory/ownership.js";
import { LexicalEmbeddings } from "../../models/index.js";
import type { SubjectPlan } from "./contract.js";
import { countedEmbeddings } from "./counted-embeddings.js";
import { invalidInput } from "./invalid.js";
import { ModelSubject } from "./model-subject.js";
import { SimulacrumSubject } from "./simulacrum-subject.js";
import type { Subject } from "./subject.js";

/** Embeddings with the name of their space. */
export interface NamedEmbeddings {
  embeddings: EmbeddingsInterface;
  id: string;
}

/** What subjects are made of. */
export interface SubjectSources {
  /** Everybody whom a plan may name. */
  characters: readonly Character[];
  /** Folder of a character's memory; without it the memories that the character comes with. */
  memoryHome?: (character: string) => string;
  /** A chat model by name, asked once for each name and number of alternatives. */
  chatModel: (name: string, options: { topLogprobs?: number }) => Promise<BaseChatModel>;
  /** Name of the agents' model. @default the voice's */
  agentModel?: string;
  /** Asked for when somebody first needs them (`rag`, `macm`). */
  embeddings: () => Promise<NamedEmbeddings>;
  wiring?: NonNullable<SimulacrumOptions["wiring"]>;
}

/** Opens whoever a session plan names; all who play one character share its memory file, read only. */
export class SubjectOpener {
  readonly #stores = new Map<string, Promise<SqliteMemoryStore>>();
  readonly #models = new Map<string, Promise<BaseChatModel>>();
  #embeddings: Promise<NamedEmbeddings> | undefined;

  constructor(private readonly sources: SubjectSources) {}

  /**
   * @throws SimulacraError those of models and memories; `unknown_character`; `invalid_input` where the memory that `macm`
   * lives on was never built
   */
  async open(plan: SubjectPlan): Promise<Subject> {
    if (plan.kind === "model") {
      const { topLogprobs } = plan;
      return new ModelSubject(
        await this.#model(plan.model, topLogprobs === undefined ? {} : { topLogprobs }),
        plan.system,
      );
    }
    const character = this.sources.characters.find(({ id }) => id === plan.character);
    if (!character)
      throw new SimulacraError(
        "unknown_character",
        `The instrument plans ${plan.character}, who is not among the characters of the run.`,
        "user",
        { character: plan.character },
      );
    return this.#simulacrum(character, plan.method, plan.model);
  }

  async #simulacrum(character: Character, condition: string, name: string): Promise<Subject> {
    const { agentModel, memoryHome, wiring } = this.sources;
    const { method, without } = readCondition(condition);
    const { embeddings, id } = method.embeds ? await this.#countedEmbeddings() : plain;
    const store = await this.#store(method.remembers ? character : null);
    return SimulacrumSubject.open({
      character,
      method: method.id,
      ...(without.length > 0 && { agents: { without } }),
      store,
      model: await this.#model(name, {}),
      ...(method.remembers && agentModel !== undefined && { agentModel: await this.#model(agentModel, {}) }),
      embeddings,
      embeddingModel: id,
      ...(memoryHome && { home: memoryHome(character.id) }),
      ...(wiring && { wiring }),
    });
  }

  /** Lets go of the memories; close the subjects first. */
  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#stores.values());
    this.#stores.clear();
    for (const store of opened) if (store.status === "fulfilled") await store.value.close();
  }

  #model(name: string, options: { topLogprobs?: number }): Promise<BaseChatModel> {
    return once(this.#models, `${name} ${options.topLogprobs ?? ""}`, () =>
      this.sources.chatModel(name, options),
    );
  }

  #countedEmbeddings(): Promise<NamedEmbeddings> {
    this.#embeddings ??= this.sources
      .embeddings()
      .then(({ embeddings, id }) => ({ embeddings: countedEmbeddings(embeddings), id }));
    return this.#embeddings;
  }

  /** The memory of a character; one that stays empty for those who have no long-term memory. */
  #store(character: Character | null): Promise<SqliteMemoryStore> {
    return once(this.#stores, character?.id ?? "", async () => {
      if (!character)
        return SqliteMemoryStore.open({
          path: ":memory:",
          embeddings: plain.embeddings,
          embeddingModel: plain.id,
        });
      const { embeddings, id: embeddingModel } = await this.#countedEmbeddings();
      const home = this.sources.memoryHome?.(character.id);
      if (home !== undefined) await mkdir(home, { recursive: true });
      const store = await SqliteMemoryStore.open({
        path: home === undefined ? ":memory:" : join(home, "memory.sqlite"),
        embeddings,
        embeddingModel,
      });
      try {
        await checkMemories(character, store);
        return store;
      } catch (error) {
        await store.close();
        throw error;
      }
    });
  }
}

/** For methods that search nothing. */
const plain: NamedEmbeddings = {
  embeddings: new LexicalEmbeddings(),
  id: `lexical-${LexicalEmbeddings.dimensions}`,
};

/** A simulacrum whose story was never remembered would be measured as one that has forgotten its life. */
async function checkMemories({ id, name, story, memories }: Character, store: SqliteMemoryStore) {
  if (story === undefined || memories.length > 0) return;
  if ((await store.search([...LIFE], { limit: 1 })).length > 0) return;
  throw invalidInput(
    `${name} has no memories yet, which macm lives on. Build them first: simulacra remember ${id}`,
    { character: id },
  );
}

/** The value under a key, made when it is first asked for. What failed is tried again. */
function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key);
  if (known) return known;
  const making = make();
  made.set(key, making);
  making.catch(() => made.delete(key));
  return making;
}
