import type { Command } from "commander";
import { SimulacraError } from "../../../data/errors.js";
import { storyChunks, storyParagraphs } from "../../../data/story.js";
import { characterNamed } from "../character-source.js";
import { type CommandLine, withCommonOptions, withEmbeddingOptions } from "../command-line.js";
import { abortOnInterrupt } from "../interrupts.js";
import { tellOfOfflineModel } from "../offline-notice.js";
import { createProgress } from "../progress.js";
import { memoryFolder, numberFlag, type SettingFlags } from "../settings.js";

interface RememberFlags extends SettingFlags {
  concurrency: number;
  reembed?: boolean;
}

/** `simulacra remember <character>`: builds the long-term memory from the life story; run again, it goes on. */
export function registerRemember(program: Command, cli: CommandLine): void {
  withEmbeddingOptions(withCommonOptions(program.command("remember")))
    .description("build a character's long-term memory from its life story (goes on where it stopped)")
    .argument("<character>", "id or name")
    .option(
      "--model <name>",
      "model that writes the memories (default: SIMULACRA_AGENT_MODEL or SIMULACRA_MODEL)",
    )
    .option(
      "--concurrency <count>",
      "model calls at once",
      numberFlag("--concurrency", { min: 1, max: 1000 }),
      8,
    )
    .action(async (character: string, flags: RememberFlags) => remember(cli, character, flags));
}

async function remember(cli: CommandLine, name: string, flags: RememberFlags): Promise<void> {
  const { output } = cli;
  const settings = cli.settings(flags);
  const character = await characterNamed(name, settings);
  if (character.story === undefined)
    throw new SimulacraError(
      "invalid_input",
      `${character.name} has no life story to remember: write story.md in the character's folder and import it again.`,
      "user",
      { character: character.id },
    );
  const chunks = storyChunks(storyParagraphs(character.story)).length;
  const model = flags.model ?? settings.agentModel ?? settings.model ?? "offline";
  await tellOfOfflineModel(cli, { ...settings, model });
  output.note(
    `${character.name}: ${chunks} memories to build, four model calls each (${model}). Ctrl-C stops; run again to go on.`,
  );
  const { constructMemories } = await import("../../../graphs/memory-construction/construct-memories.js");
  const progress = createProgress(output, "Memories");
  const interrupt = abortOnInterrupt();
  try {
    const report = await constructMemories({
      character,
      model,
      home: memoryFolder(settings.home, character.id),
      concurrency: flags.concurrency,
      signal: interrupt.signal,
      onProgress: ({ done, total }: { done: number; total: number }) => progress.update(done, total),
    });
    progress.finish();
    output.result({ character: character.id, ...report }, () =>
      output.line(`${character.name} remembers. Next: simulacra chat ${character.id}`),
    );
  } finally {
    interrupt.release();
  }
}
