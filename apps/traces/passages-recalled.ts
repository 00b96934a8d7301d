import { z } from "zod";
import type { Character } from "../../data/character.js";
import { storyParagraphs } from "../../data/story.js";
import { recalledMemorySchema } from "../../memory/recalled-memory.js";
import { type PassageLine, type RunLine, TRACE_VERSION } from "./trace-line.js";

type Source = z.infer<typeof recalledMemorySchema>["source"];
const recollectionSchema = z.object({ memories: z.array(recalledMemorySchema) });

const paragraphsOf = (source: Source) => (source.kind === "thread" ? undefined : source.paragraphs);

/** Where the passage of a memory lies in a trace; undefined for memories that come from no story. */
export function passageId(character: string, source: Source): string | undefined {
  const paragraphs = paragraphsOf(source);
  return paragraphs && `${character}/story/${paragraphs.join("-")}`;
}

/** The paragraphs of the life story that the memories recalled in a run come from. */
export function passagesRecalled({ output }: RunLine, { id: character, story }: Character): PassageLine[] {
  const recollection = recollectionSchema.safeParse(output?.recollection);
  if (!recollection.success || story === undefined) return [];
  const all = storyParagraphs(story);
  return recollection.data.memories.flatMap(({ source }): PassageLine[] => {
    const id = passageId(character, source);
    const [first = 0, last = 0] = paragraphsOf(source) ?? [];
    const text = all.slice(first - 1, last).join("\n\n");
    // A story that was shortened since has no such paragraphs any more.
    if (id === undefined || text === "") return [];
    const name = first === last ? `paragraph ${first}` : `paragraphs ${first} to ${last}`;
    return [{ v: TRACE_VERSION, type: "passage", id, name, character, paragraphs: [first, last], text }];
  });
}
