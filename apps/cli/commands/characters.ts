import { basename } from "node:path";
import type { Command } from "commander";
import { type CharacterEntry, listCharacters } from "../../../data/character-catalogue.js";
import { newCharacterFolder } from "../../../data/new-character.js";
import { problemLine } from "../../../data/problem.js";
import { characterFolders } from "../../hosting/characters.js";
import type { SettingFlags } from "../../hosting/settings.js";
import { type CommandLine, withCommonOptions } from "../command-line.js";
import { table } from "../table.js";

/** `simulacra characters` and `simulacra characters new NAME`. */
export function registerCharacters(program: Command, cli: CommandLine): void {
  const characters = withCommonOptions(program.command("characters"))
    .description("list the characters that are here")
    .action(async (flags: SettingFlags) => list(cli, flags));
  withCommonOptions(characters.command("new"))
    .description("write a folder for a new character, to be filled in")
    .argument("<name>", "the character's name")
    .action(async (name: string) => create(cli, name));
}

async function list(cli: CommandLine, flags: SettingFlags): Promise<void> {
  const { output } = cli;
  const entries = await listCharacters(characterFolders(cli.settings(flags)));
  output.result({ characters: entries.map(asJson) }, () => {
    if (entries.length === 0) output.line("There are no characters here.");
    const rows = entries.map((entry) => [
      entry.id,
      entry.name,
      entry.age === undefined ? "–" : String(entry.age),
      entry.gender ?? "–",
      entry.storyWords.toLocaleString("en"),
      entry.occupation ?? "–",
    ]);
    for (const [index, line] of table([
      ["ID", "NAME", "AGE", "GENDER", "STORY WORDS", "OCCUPATION"],
      ...rows,
    ]).entries())
      output.line(index === 0 ? output.paint.bold(line) : line);
  });
  for (const { id, problems } of entries) {
    const broken = problems.filter(({ kind }) => kind === "broken");
    if (broken.length > 0) output.warn(`${id} cannot be used until this is mended:`);
    for (const problem of broken) output.warn(`- ${problemLine(problem)}`);
  }
}

/** What is not known is left out of JSON, too. */
function asJson({ id, name, age, gender, occupation, storyWords }: CharacterEntry) {
  return { id, name, age, gender, occupation, storyWords };
}

async function create(cli: CommandLine, name: string): Promise<void> {
  const { output } = cli;
  const path = await newCharacterFolder(name, cli.cwd);
  const id = basename(path);
  output.result({ id, path }, () => {
    output.line(`Written: ${path}`);
    output.line("Fill in its files (its README.md says which are needed), then:");
    output.line(`  simulacra import ${id}`);
  });
}
