import type { CallbackManagerForRetrieverRun } from "@langchain/core/callbacks/manager";
import { Document } from "@langchain/core/documents";
import { BaseRetriever, type BaseRetrieverInput } from "@langchain/core/retrievers";
import type { ScoreParts } from "../memory/ranking/contract.js";
import type { RecalledMemory } from "../memory/recalled-memory.js";
import type { MemoryKind, MemorySource } from "../memory/record.js";
import type { SimulacrumMemory } from "../memory/simulacrum-memory.js";
import { checkMemoryOptions, type Owner, peoplePresent } from "./tool-options.js";

/** A memory that can be asked. */
export type AskableMemory = Pick<SimulacrumMemory, "recall">;

export interface MemoryRetrieverOptions extends BaseRetrieverInput {
  /** Id of the interlocutor, or of everyone present. @default nobody: the life story only */
  owner?: Owner;
  /** Memories at most. @default 3 */
  k?: number;
  /**
   * What lies below the threshold of relevance is left out, so that an empty list means that nothing relevant is
   * remembered. With `true` it is given all the same, marked `relevant: false`. @default false
   */
  includeIrrelevant?: boolean;
}

/** What a document says of the memory that it holds. */
export interface MemoryMetadata {
  /** Place in the store. */
  id: string;
  kind: MemoryKind;
  /** False: nothing relevant was found, and this is only what comes nearest. */
  relevant: boolean;
  /** The best match is a fact about somebody other than the one who was asked about. */
  aboutSomeoneElse: boolean;
  score: number;
  /** Why it was ranked where it is. */
  parts: ScoreParts;
  /** Chunk and paragraphs of the life story, or thread and turns. */
  source: MemorySource;
  /** When it was told, ISO 8601; absent for the life story. */
  at?: string;
  thinking?: string;
  emotion?: string;
}

/** A simulacrum's memory as a LangChain retriever. Each document holds one memory as it is put into prompts. */
export class MemoryRetriever extends BaseRetriever<MemoryMetadata> {
  lc_namespace = ["langgraph-simulacra", "tools"];
  private readonly present: readonly string[];

  /** @throws SimulacraError `invalid_option` for an empty owner, or a `k` that is no number of memories */
  constructor(
    private readonly memory: AskableMemory,
    private readonly options: MemoryRetrieverOptions = {},
  ) {
    super(options);
    checkMemoryOptions(options);
    this.present = peoplePresent(options.owner);
  }

  static override lc_name(): string {
    return "MemoryRetriever";
  }

  override async _getRelevantDocuments(
    query: string,
    _runManager?: CallbackManagerForRetrieverRun,
  ): Promise<Document<MemoryMetadata>[]> {
    const found = await this.memory.recall([query], { present: this.present, k: this.options.k ?? 3 });
    if (found.nothingRelevant && !this.options.includeIrrelevant) return [];
    const told = { relevant: !found.nothingRelevant, aboutSomeoneElse: found.someoneElse };
    return found.memories.map((memory) => documentOf(memory, told));
  }
}

function documentOf(
  { id, kind, text, score, parts, source, at, thinking, emotion }: RecalledMemory,
  told: Pick<MemoryMetadata, "relevant" | "aboutSomeoneElse">,
): Document<MemoryMetadata> {
  return new Document({
    id,
    pageContent: text,
    metadata: {
      id,
      kind,
      ...told,
      score,
      parts: knownParts(parts),
      source,
      ...(at !== undefined && { at }),
      ...(thinking !== undefined && { thinking }),
      ...(emotion !== undefined && { emotion }),
    },
  });
}

/** Parts that are unknown are absent, never undefined. */
function knownParts({ whose, importance, recency, mood, ...parts }: RecalledMemory["parts"]): ScoreParts {
  return {
    ...parts,
    ...(whose !== undefined && { whose }),
    ...(importance !== undefined && { importance }),
    ...(recency !== undefined && { recency }),
    ...(mood !== undefined && { mood }),
  };
}
