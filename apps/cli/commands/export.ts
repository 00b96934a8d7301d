import { join, resolve } from "node:path";
import type { Command } from "commander";
import { exportCharacter } from "../../../data/exporters/export-character.js";
import { characterNamed } from "../../hosting/characters.js";
import type { SettingFlags } from "../../hosting/settings.js";
import { type CommandLine, withCommonOptions, withEmbeddingOptions } from "../command-line.js";
import { openForMemory } from "../open-simulacrum.js";

interface ExportFlags extends SettingFlags {
  replace?: boolean;
  learnt?: boolean;
  reembed?: boolean;
}

/** `simulacra export <character> [folder]`: a character as a folder that `import` reads back. */
export function registerExport(program: Command, cli: CommandLine): void {
  withEmbeddingOptions(withCommonOptions(program.command("export")))
    .description("write a character as a folder that can be edited, passed on and imported")
    .argument("<character>", "id or name")
    .argument("[folder]", "where to write it (default: a new folder named by its id)")
    .option("--replace", "replace a character folder that is there")
    .option("--learnt", "also write what it learnt in conversations: the words of those who talked with it")
    .action(async (character: string, folder: string | undefined, flags: ExportFlags) =>
      write(cli, character, folder, flags),
    );
}

async function write(
  cli: CommandLine,
  name: string,
  folder: string | undefined,
  flags: ExportFlags,
): Promise<void> {
  const settings = cli.settings(flags);
  const character = await characterNamed(name, settings);
  const path = folder === undefined ? join(cli.cwd, character.id) : resolve(cli.cwd, folder);
  const learntMemories = await learnt();
  await exportCharacter(character, path, {
    replace: flags.replace ?? false,
    ...(learntMemories === undefined ? {} : { learntMemories }),
  });
  const count = learntMemories?.length ?? 0;
  cli.output.result({ character: character.id, path, learntMemories: count }, () =>
    cli.output.line(
      `Written: ${path}${learntMemories === undefined ? "" : `, with ${count} memories of conversations`}`,
    ),
  );

  async function learnt() {
    if (flags.learnt !== true) return undefined;
    const simulacrum = await openForMemory(cli, settings, character, flags);
    try {
      return await simulacrum.memory.list({ kinds: ["short", "long"] });
    } finally {
      await simulacrum.close();
    }
  }
}
