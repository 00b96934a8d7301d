import { join } from "node:path";
import { z } from "zod";
import type { LifeMemory } from "../character.js";
import type { Problem } from "../problem.js";
import { storyParagraphs } from "../story.js";
import { fileSizeLimits, readJsonFile, readTextFile } from "../text-file.js";
import { parseTolerantly } from "../tolerant-parse.js";

const text = z.string().trim().min(1);
const longMemorySchema = z.record(
  z.string(),
  z.object({
    Memory_Summary: text,
    Memory: z.object({ "Memory Content": text, Thinking: text, Emotion: text }),
  }),
);
const indexSchema = z.record(z.string(), z.string().trim());

/** The story of one person and the memories made of it. */
export interface PublishedLife {
  readonly story?: string;
  readonly memories: LifeMemory[];
  readonly problems: Problem[];
}

/** Reads story, long-term memories and their index. The index only repeats the summaries: it is compared, not kept. */
export async function readPublishedLife(folder: string, name: string): Promise<PublishedLife> {
  const problems: Problem[] = [];
  const storyFile = `Stories/${name}/${name}.txt`;
  const storyResult = await readTextFile(join(folder, storyFile), fileSizeLimits.story);
  const lines = "text" in storyResult ? storyResult.text.trimEnd().split("\n") : [];
  const story = lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n\n");
  if ("reason" in storyResult)
    problems.push({
      file: storyFile,
      reason: storyResult.reason,
      kind: storyResult.missing ? "missing" : "broken",
    });
  else if (story === "") problems.push({ file: storyFile, reason: "is empty", kind: "missing" });

  const memoryFile = `Memories/${name}/long_memory.json`;
  const memoryResult = await readJsonFile(join(folder, memoryFile), memoryFile);
  const memories: LifeMemory[] = [];
  if ("problem" in memoryResult) problems.push(kindByPresence(memoryResult));
  else {
    const parsed = parseTolerantly(memoryFile, memoryResult.value, longMemorySchema);
    problems.push(...parsed.problems);
    const published = parsed.value ?? {};
    const keys = Object.keys(Object(memoryResult.value));
    const paragraphs = paragraphsByKey(lines, keys);
    for (const [key, { Memory_Summary: summary, Memory: parts }] of Object.entries(published)) {
      const range = paragraphs.get(key);
      memories.push({
        key,
        content: parts["Memory Content"],
        thinking: parts.Thinking,
        emotion: parts.Emotion,
        summary,
        ...(range === undefined ? {} : { paragraphs: range }),
      });
    }
    problems.push(...(await compareIndex(folder, name, memories, keys)));
  }
  return { ...(story === "" ? {} : { story }), memories, problems };
}

function kindByPresence({ problem, missing }: { problem: Problem; missing: boolean }): Problem {
  return { ...problem, kind: missing ? "missing" : "broken" };
}

/**
 * The paragraphs from which each memory was made. The published program takes two lines of the story file a memory, blank
 * ones included, and numbers the memories; where numbers and counts do not fit that, nothing is claimed.
 */
export function paragraphsByKey(
  lines: readonly string[],
  keys: readonly string[],
): Map<string, [number, number]> {
  const ranges = new Map<string, [number, number]>();
  const numbered = keys.every((key, index) => /^\d+$/.test(key) && Number(key) === index + 1);
  if (!numbered || Math.ceil(lines.length / 2) !== keys.length) return ranges;
  let paragraph = 0;
  for (const [index, key] of keys.entries()) {
    const inside = lines
      .slice(2 * index, 2 * index + 2)
      .filter((line) => storyParagraphs(line).length > 0).length;
    if (inside > 0) ranges.set(key, [paragraph + 1, paragraph + inside]);
    paragraph += inside;
  }
  return ranges;
}

async function compareIndex(
  folder: string,
  name: string,
  memories: readonly LifeMemory[],
  keys: readonly string[],
): Promise<Problem[]> {
  const file = `Memories/${name}/index.json`;
  const result = await readJsonFile(join(folder, file), file);
  if ("problem" in result) return [kindByPresence(result)];
  const { value: index = {}, problems } = parseTolerantly(file, result.value, indexSchema);
  const differs = (key: string, reason: string): Problem => ({ file, key, reason, kind: "ignored" });
  for (const { key, summary } of memories)
    if (index[key] !== undefined && index[key] !== summary)
      problems.push(differs(key, "is another summary than in long_memory.json, whose summary is kept"));
    else if (!Object.hasOwn(Object(result.value), key))
      problems.push(differs(key, "is missing; the summary in long_memory.json is kept"));
  for (const key of Object.keys(index))
    if (!keys.includes(key)) problems.push(differs(key, "is not in long_memory.json"));
  return problems;
}
