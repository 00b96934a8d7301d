import type { Command } from "commander";
import { SimulacraError } from "../../../data/errors.js";
import { cleanMessage } from "../../../graphs/simulacrum/message-text.js";
import { type CommandLine, characterCommand } from "../command-line.js";
import { describeMemory } from "../describe-memory.js";
import { interlocutorFlag, numberOption, timeZoneOption } from "../flags.js";
import { type EmbeddingFlags, withMemory } from "../open-simulacrum.js";

interface RecallFlags extends EmbeddingFlags {
  k: number;
  as?: string;
}

/** `simulacra recall <character> <query>`: what comes to the character's mind at these words. */
export function registerRecall(program: Command, cli: CommandLine): void {
  characterCommand(program, "recall", "show what comes to a character's mind at some words, and why")
    .argument("<query>", "words to remember by")
    .addOption(numberOption("-k <count>", "how many memories", { min: 1, max: 1000, initial: 5 }))
    .option(
      "--as <id>",
      "also what this person has said (default: the life story only)",
      interlocutorFlag("--as"),
    )
    .addOption(timeZoneOption())
    .action((character, query, flags) => recall(cli, character, query, flags));
}

async function recall(cli: CommandLine, name: string, words: string, flags: RecallFlags): Promise<void> {
  const { output } = cli;
  const query = cleanMessage(words).text;
  if (query === "") throw new SimulacraError("invalid_input", "The query is empty: give some words.", "user");
  await withMemory(cli, name, flags, async ({ memory }) => {
    const present = flags.as === undefined ? [] : [flags.as];
    const { memories, nothingRelevant } = await memory.recall([query], { present, k: flags.k });
    output.result({ query, memories, nothingRelevant }, () => {
      if (memories.length === 0) output.line("There is nothing to remember.");
      else if (nothingRelevant) output.line("Nothing relevant; the nearest:");
      output.lines(memories.flatMap((found) => describeMemory(found, output.paint)));
    });
  });
}
