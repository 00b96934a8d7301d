/** A number with its noun: `1 memory`, `34 memories`. The plural is given where it is not the singular with an s. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What forgetting removed, in words. */
export const removedInWords = ({
  memories,
  turns,
  threads,
  moods,
}: {
  memories: number;
  turns: number;
  threads: number;
  moods: number;
}): string =>
  `${counted(memories, "memory", "memories")}, ${counted(turns, "turn")} in ${counted(threads, "conversation")}, ${counted(moods, "mood")}`;
