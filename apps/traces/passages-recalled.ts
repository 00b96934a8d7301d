import { z } from "zod";
import type { Character } from "../../data/character.js";
import { storyParagraphs } from "../../data/story.js";
import { recalledMemorySchema } from "../../memory/recalled-memory.js";
import { type PassageLine, type RunLine, TRACE_VERSION } from "./trace-line.js";

const recollectionSchema = z.object({ memories: z.array(recalledMemorySchema) });

/** Where the passage of a memory lies in a trace; undefined for memories that come from no story. */
export function passageId(
  character: string,
  source: z.infer<typeof recalledMemorySchema>["source"],
): string | undefined {
  if (source.kind === "thread" || source.paragraphs === undefined) return undefined;
  return `${character}/story/${source.paragraphs.join("-")}`;
}

/** The paragraphs of the life story that the memories recalled in a run come from. */
export function passagesRecalled({ output }: RunLine, character: Character): PassageLine[] {
  const recollection = recollectionSchema.safeParse(output?.recollection);
  if (!recollection.success || character.story === undefined) return [];
  const paragraphs = storyParagraphs(character.story);
  return recollection.data.memories.flatMap(({ source }): PassageLine[] => {
    const id = passageId(character.id, source);
    if (id === undefined || source.kind === "thread" || source.paragraphs === undefined) return [];
    const [first, last] = source.paragraphs;
    const text = paragraphs.slice(first - 1, last).join("\n\n");
    // A story that was shortened since has no such paragraphs any more.
    if (text === "") return [];
    return [
      {
        v: TRACE_VERSION,
        type: "passage",
        id,
        name: first === last ? `paragraph ${first}` : `paragraphs ${first} to ${last}`,
        character: character.id,
        paragraphs: [first, last],
        text,
      },
    ];
  });
}
