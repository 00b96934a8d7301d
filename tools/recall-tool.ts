import { tool } from "@langchain/core/tools";
import { z } from "zod";
import type { RecalledMemory } from "../memory/recalled-memory.js";
import type { Recollection } from "../memory/simulacrum-memory.js";
import type { AskableMemory } from "./memory-retriever.js";
import { checkMemoryOptions, type Owner, peoplePresent, toolName } from "./tool-options.js";

export interface RecallToolOptions {
  /** Id of the interlocutor, or of everyone present. @default nobody: the life story only */
  owner?: Owner;
  /** Memories at most. @default 3 */
  k?: number;
  /** @default "recall_" and the character's id */
  name?: string;
  /** What the calling model reads. @default says whose memory it is and what it gives back */
  description?: string;
}

/** What was found, for programs: every memory with its score parts and its source. */
export type RecallArtifact = Pick<Recollection, "memories" | "nothingRelevant" | "someoneElse">;

const input = z.object({
  query: z.string().trim().min(1).max(2000).describe("What to look for, as a question or in a few words."),
});

/**
 * A simulacrum's memory as a LangChain tool: words for the model that called it, and the memories themselves as artifact.
 * Memories below the threshold of relevance are not told to the model as remembered; the artifact still holds them.
 * @throws SimulacraError `invalid_option` for an empty owner, or a `k` that is no number of memories
 */
export function recallTool(
  { memory, character }: { memory: AskableMemory; character: { id: string; name: string } },
  options: RecallToolOptions = {},
) {
  checkMemoryOptions(options);
  const present = peoplePresent(options.owner);
  return tool(
    async ({ query }: z.infer<typeof input>): Promise<[string, RecallArtifact]> => {
      const { memories, nothingRelevant, someoneElse } = await memory.recall([query], {
        present,
        k: options.k ?? 3,
      });
      const artifact = { memories, nothingRelevant, someoneElse };
      return [recalledText(artifact, character.name), artifact];
    },
    {
      name: options.name ?? toolName("recall", character.id),
      description:
        options.description ??
        `Searches the memory of ${character.name}: their life story${present.length > 0 ? " and what was said in talks with the people present" : ""}. Says so where nothing relevant is remembered.`,
      schema: input,
      responseFormat: "content_and_artifact",
    },
  );
}

/** What was found, as a model reads it. */
function recalledText({ memories, nothingRelevant, someoneElse }: RecallArtifact, name: string): string {
  if (nothingRelevant || memories.length === 0) return `Nothing relevant is remembered by ${name}.`;
  const caution = someoneElse ? ["Nothing is known of the person asked about; this is about others:"] : [];
  return [...caution, ...memories.map((memory, place) => `${place + 1}. ${line(memory)}`)].join("\n");
}

function line({ text, emotion, source, at }: RecalledMemory): string {
  const felt = emotion?.trim() ? ` (felt: ${emotion.trim()})` : "";
  return `${text}${felt} [${origin(source)}${at === undefined ? "" : `, ${at.slice(0, 10)}`}]`;
}

function origin(source: RecalledMemory["source"]): string {
  if (source.kind === "story") return `life story, paragraphs ${source.paragraphs.join("-")}`;
  if (source.kind === "thread") return `from a talk, turns ${source.turns.join("-")}`;
  return "life story";
}
