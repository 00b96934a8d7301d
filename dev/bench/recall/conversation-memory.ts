import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { SqliteMemoryStore } from "../../../memory/backends/sqlite/sqlite-memory-store.js";
import type { KnownPerson, RankResult } from "../../../memory/ranking/contract.js";
import { withoutNames } from "../../../memory/ranking/people.js";
import { rank } from "../../../memory/ranking/rank.js";
import type { Conversation } from "./locomo.js";

const namespace = ["with", "conversation", "long"];
const k = 20;

/** One conversation as memories, one a turn, in a real store that lives as long as it is used. */
export class ConversationMemory {
  private constructor(
    private readonly store: SqliteMemoryStore,
    private readonly embeddings: EmbeddingsInterface,
    private readonly hashedVectors: boolean,
    private readonly people: readonly [KnownPerson, KnownPerson],
    private readonly now: Date,
  ) {}

  static async of(
    conversation: Conversation,
    embeddings: EmbeddingsInterface,
    hashedVectors: boolean,
  ): Promise<ConversationMemory> {
    const store = await SqliteMemoryStore.open({ path: ":memory:", embeddings, embeddingModel: "benchmark" });
    const [first, second] = conversation.speakers.map((name): KnownPerson => ({ name })) as [
      KnownPerson,
      KnownPerson,
    ];
    await store.batch(
      conversation.turns.map((turn) => ({
        namespace,
        key: turn.id,
        value: {
          text: turn.text,
          denseText: withoutNames(
            turn.text,
            [first, second].filter(({ name }) => name !== turn.speaker),
          ),
          speaker: turn.speaker,
          conversation: `${conversation.name}/${turn.session}`,
          position: turn.position,
          ...(turn.at ? { at: turn.at.toISOString() } : {}),
        },
      })),
    );
    const last = Math.max(...conversation.turns.map((turn) => turn.at?.getTime() ?? 0));
    return new ConversationMemory(store, embeddings, hashedVectors, [first, second], new Date(last));
  }

  /** The best 20 turns for a question. */
  async recall(question: string): Promise<RankResult> {
    const { store, embeddings, hashedVectors, people, now } = this;
    const [self, other] = people;
    const options = { hashedVectors };
    return rank({
      store,
      embeddings,
      namespaces: [namespace],
      queries: [question],
      self,
      others: [other],
      now,
      k,
      options,
    });
  }

  async close(): Promise<void> {
    await this.store.close();
  }
}
