import { SimulacraError } from "../data/errors.js";
import type { MemoryStore } from "./backends/memory-store.js";
import { ConsolidationQueue } from "./consolidation-queue.js";
import { type Forgotten, forget } from "./forgetting.js";
import { machineTimeZone } from "./local-time.js";
import { MemoryContext, type SimulacrumMemoryOptions } from "./memory-context.js";
import { Moods } from "./moods.js";
import { audienceOfLabel, isAmong, LIFE, mayRecall } from "./ownership.js";
import { allItems, talkNamespaces } from "./pages.js";
import type { KnownPerson, RankedMemory, RankResult } from "./ranking/contract.js";
import { rank } from "./ranking/rank.js";
import { memoryId, type RecalledMemory } from "./recalled-memory.js";
import { type MemoryRecord, memoryRecordSchema } from "./record.js";
import { asHostSays, type Relationship, relationshipAt } from "./relationship.js";
import type { Relationships } from "./relationships.js";
import { Transcript } from "./transcript.js";

/** What was recalled; `nothingRelevant` is judged by support, never by the fused score. */
export interface Recollection {
  memories: RecalledMemory[];
  nothingRelevant: boolean;
  someoneElse: boolean;
  support: number;
  /** Support moved by meaning: what is compared with the threshold. */
  relevance: number;
  /** The embeddings failed, with the reason: only memories that share words with what was said were found. */
  lexicalOnly?: { reason: string };
}

/**
 * The memory of one simulacrum: a thin layer over a store. It knows whose a memory is, how turns become episodes and
 * episodes become long-term memories, and the mood. Every writing method is one transaction of the store.
 */
export class SimulacrumMemory {
  readonly store: MemoryStore;
  readonly transcript: Transcript;
  readonly consolidation: ConsolidationQueue;
  readonly moods: Moods;
  /** What is known of its interlocutors as persons. */
  readonly relationships: Relationships;
  private readonly context: MemoryContext;
  private prepared: Promise<number | undefined> | undefined;

  constructor(private readonly options: SimulacrumMemoryOptions) {
    this.context = new MemoryContext(options);
    this.store = options.store;
    this.moods = new Moods(this.context);
    this.transcript = new Transcript(this.context, this.moods);
    this.relationships = this.transcript.relationships;
    this.consolidation = new ConsolidationQueue(this.context);
  }

  /**
   * Refuses where nothing can be recalled by the nature of the simulacrum: that is not the same as not remembering.
   * @throws SimulacraError `invalid_option`
   */
  checkRecall(): void {
    const { noMemory } = this.options;
    if (noMemory !== undefined) throw new SimulacraError("invalid_option", noMemory, "user");
  }

  /** Sees to it that the life story is there to be read; gives the threshold of relevance. A failure is tried again. */
  ready(): Promise<number | undefined> {
    this.prepared ??= (this.options.prepare?.() ?? Promise.resolve(this.options.threshold)).catch(
      (error: unknown) => {
        this.prepared = undefined;
        throw error;
      },
    );
    return this.prepared;
  }

  /**
   * Recalls what belongs to the character or was said when everyone now present was there.
   * @param queries what was said, then the recall queries made of it
   * @param present ids of everyone present; empty or absent: the life story only
   * @throws SimulacraError `invalid_option` where there is no memory (method `blank`, mode `off`)
   */
  async recall(
    queries: readonly string[],
    where: { present?: readonly string[]; others?: readonly KnownPerson[]; k?: number },
  ): Promise<Recollection> {
    this.checkRecall();
    const asked = queries.map((query) => query.trim()).filter((query) => query !== "");
    const threshold = await this.ready();
    const namespaces = [[...LIFE], ...(await this.namespacesBefore(where.present ?? []))];
    if (asked.length === 0)
      return { memories: [], nothingRelevant: true, someoneElse: false, support: 0, relevance: 0 };
    const result: RankResult = await rank({
      store: this.store,
      ...(this.options.embeddings && { embeddings: this.options.embeddings }),
      namespaces,
      queries: asked,
      self: this.options.self,
      ...(where.others && { others: where.others }),
      now: this.options.clock(),
      timeZone: this.options.timeZone ?? machineTimeZone(),
      k: where.k ?? 3,
      candidates: WEIGHED,
      ...(threshold !== undefined && { threshold }),
      ...(this.options.ranking && { options: this.options.ranking }),
    });
    return {
      memories: besideTheBest(result.memories).map(({ namespace, key, value, score, parts }) => {
        const record = memoryRecordSchema.parse(value);
        return {
          id: memoryId(namespace, key),
          kind: record.kind,
          text: record.text,
          ...(record.thinking !== undefined && { thinking: record.thinking }),
          ...(record.emotion !== undefined && { emotion: record.emotion }),
          ...(record.valence !== undefined && { valence: record.valence }),
          ...(record.arousal !== undefined && { arousal: record.arousal }),
          ...(record.at !== undefined && { at: record.at }),
          score,
          parts,
          source: record.source,
        };
      }),
      nothingRelevant: result.nothingRelevant,
      someoneElse: result.someoneElse,
      support: result.support,
      relevance: result.relevance,
      ...(this.options.embeddings && result.lexicalOnly && { lexicalOnly: result.lexicalOnly }),
    };
  }

  /** All memories, newest last; of one owner, or of some kinds, where asked. */
  async list(
    filter: {
      limit?: number;
      owner?: string;
      kinds?: readonly MemoryRecord["kind"][];
      superseded?: boolean;
    } = {},
  ): Promise<(MemoryRecord & { id: string })[]> {
    if (filter.owner === undefined) await this.ready();
    const items = (await Promise.all([LIFE, ["with"]].map((prefix) => allItems(this.store, prefix)))).flat();
    return items
      .map((item) => {
        const { making: _, ...record } = memoryRecordSchema.parse(item.value);
        return { ...record, id: memoryId(item.namespace, item.key) };
      })
      .filter((record) => filter.owner === undefined || isAmong(filter.owner, record.audience))
      .filter((record) => filter.kinds === undefined || filter.kinds.includes(record.kind))
      .filter((record) => filter.superseded !== false || record.supersededBy === undefined)
      .sort((a, b) => (a.at ?? "").localeCompare(b.at ?? "") || a.id.localeCompare(b.id))
      .slice(0, filter.limit);
  }

  /** What is known of those who are there, in a turn that belongs to no conversation; a host's words come first. */
  async known(
    people: readonly { id: string; name?: string | undefined; relationship?: string | undefined }[],
  ): Promise<Relationship[]> {
    const present = people.map(({ id }) => id);
    const now = { at: this.context.now(), isFirstTurn: true, present };
    const records = await this.relationships.of(present);
    return records.map((record, place) =>
      relationshipAt(asHostSays(record, people[place] ?? {}, present), now),
    );
  }

  /**
   * Removes everything that was said with this person present, alone or in a group, the moods towards them and
   * what is known of them. Bytes of it stay in the store's files until `purge`.
   */
  async forget(person: string): Promise<Forgotten> {
    return forget(this.context, this.transcript, person);
  }

  /** Wipes what deletion leaves behind in the store's files and indexes. */
  async purge(): Promise<void> {
    await this.store.purge();
  }

  /** Namespaces of talks whose audience everyone now present belonged to: they may hear of them. */
  async namespacesBefore(present: readonly string[]): Promise<string[][]> {
    if (present.length === 0) return [];
    const labels = await talkNamespaces(this.store);
    const found = await Promise.all(
      labels.map(async (namespace) => {
        const label = namespace[1];
        if (label === undefined) return [];
        const audience = audienceOfLabel(label) ?? (await this.audienceIn(namespace));
        return mayRecall(audience, present) ? [["with", label]] : [];
      }),
    );
    return found.flat();
  }

  private async audienceIn(namespace: string[]): Promise<string[]> {
    const [item] = await this.store.search(namespace, { limit: 1 });
    return item ? memoryRecordSchema.parse(item.value).audience : [];
  }
}

/** A turn tells a few memories, several times a minute: what ranks below these is never among them. */
const WEIGHED = { lexical: 40, dense: 30 };

/** Share of the best score from which a further memory comes to mind as well. */
const ALSO_FROM = 0.5;

/**
 * The best memory and those that come near to it. What is merely next in line is left out: it would be told to the
 * agents as remembered, and count as rehearsed.
 */
function besideTheBest(memories: readonly RankedMemory[]): RankedMemory[] {
  const best = memories[0]?.score ?? 0;
  return memories.filter(({ score }, place) => place === 0 || score >= best * ALSO_FROM);
}
