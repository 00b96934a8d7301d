import { resolve } from "node:path";
import type { Command } from "commander";
import { exportCharacter } from "../../../data/exporters/export-character.js";
import { characterNamed } from "../../hosting/characters.js";
import { type CommandLine, characterCommand } from "../command-line.js";
import { type EmbeddingFlags, withMemory } from "../open-simulacrum.js";

interface ExportFlags extends EmbeddingFlags {
  replace?: boolean;
  learnt?: boolean;
}

/** `simulacra export <character> [folder]`: a character as a folder that `import` reads back. */
export function registerExport(program: Command, cli: CommandLine): void {
  characterCommand(
    program,
    "export",
    "write a character as a folder that can be edited, passed on and imported",
  )
    .argument("[folder]", "where to write it (default: a new folder named by its id)")
    .option("--replace", "replace a character folder that is there")
    .option("--learnt", "also write what it learnt in conversations: the words of those who talked with it")
    .action((character, folder, flags) => write(cli, character, folder, flags));
}

async function write(
  cli: CommandLine,
  name: string,
  folder: string | undefined,
  { replace = false, ...flags }: ExportFlags,
): Promise<void> {
  const character = await characterNamed(name, cli.settings(flags));
  const path = resolve(cli.cwd, folder ?? character.id);
  const learntMemories = flags.learnt
    ? await withMemory(cli, name, flags, ({ memory }) => memory.list({ kinds: ["short", "long"] }))
    : undefined;
  await exportCharacter(character, path, { replace, ...(learntMemories && { learntMemories }) });
  const count = learntMemories?.length ?? 0;
  cli.output.result({ character: character.id, path, learntMemories: count }, () =>
    cli.output.line(`Written: ${path}${learntMemories ? `, with ${count} memories of conversations` : ""}`),
  );
}
