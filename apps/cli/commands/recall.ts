import type { Command } from "commander";
import { SimulacraError } from "../../../data/errors.js";
import { cleanMessage } from "../../../graphs/simulacrum/message-text.js";
import { characterNamed } from "../../hosting/characters.js";
import type { SettingFlags } from "../../hosting/settings.js";
import { type CommandLine, withCommonOptions, withEmbeddingOptions } from "../command-line.js";
import { describeMemory } from "../describe-memory.js";
import { interlocutorFlag, numberFlag } from "../flags.js";
import { openForMemory } from "../open-simulacrum.js";

interface RecallFlags extends SettingFlags {
  k: number;
  as?: string;
  reembed?: boolean;
}

/** `simulacra recall <character> <query>`: what comes to the character's mind at these words. */
export function registerRecall(program: Command, cli: CommandLine): void {
  withEmbeddingOptions(withCommonOptions(program.command("recall")))
    .description("show what comes to a character's mind at some words, and why")
    .argument("<character>", "id or name")
    .argument("<query>", "words to remember by")
    .option("-k <count>", "how many memories", numberFlag("-k", { min: 1, max: 1000 }), 5)
    .option(
      "--as <id>",
      "also what this person has said (default: the life story only)",
      interlocutorFlag("--as"),
    )
    .action(async (character: string, query: string, flags: RecallFlags) =>
      recall(cli, character, query, flags),
    );
}

async function recall(cli: CommandLine, name: string, words: string, flags: RecallFlags): Promise<void> {
  const { output } = cli;
  const query = cleanMessage(words).text;
  if (query === "") throw new SimulacraError("invalid_input", "The query is empty: give some words.", "user");
  const settings = cli.settings(flags);
  const simulacrum = await openForMemory(cli, settings, await characterNamed(name, settings), flags);
  try {
    const present = flags.as === undefined ? [] : [flags.as];
    const { memories, nothingRelevant } = await simulacrum.memory.recall([query], { present, k: flags.k });
    output.result({ query, memories, nothingRelevant }, () => {
      if (memories.length === 0) output.line("There is nothing to remember.");
      else if (nothingRelevant) output.line("Nothing relevant; the nearest:");
      for (const memory of memories)
        for (const line of describeMemory(memory, output.paint)) output.line(line);
    });
  } finally {
    await simulacrum.close();
  }
}
