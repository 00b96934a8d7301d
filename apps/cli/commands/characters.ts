import { basename } from "node:path";
import type { Command } from "commander";
import { listCharacters } from "../../../data/character-catalogue.js";
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
    .action((flags: SettingFlags) => list(cli, flags));
  withCommonOptions(characters.command("new"))
    .description("write a folder for a new character, to be filled in")
    .argument("<name>", "the character's name")
    .action((name: string) => create(cli, name));
}

async function list(cli: CommandLine, flags: SettingFlags): Promise<void> {
  const { output } = cli;
  const entries = await listCharacters(characterFolders(cli.settings(flags)));
  // What is not known is left out of JSON, too.
  const characters = entries.map(
    ({ path: _path, problems: _problems, aliases: _aliases, ...known }) => known,
  );
  output.result({ characters }, () => {
    if (entries.length === 0) output.line("There are no characters here.");
    const rows = characters.map(({ id, name, age = "–", gender = "–", occupation = "–", storyWords }) =>
      [id, name, age, gender, storyWords.toLocaleString("en"), occupation].map(String),
    );
    const header = ["ID", "NAME", "AGE", "GENDER", "STORY WORDS", "OCCUPATION"];
    output.lines(table([header, ...rows], output.paint.bold));
  });
  for (const { id, problems } of entries) {
    const broken = problems.filter(({ kind }) => kind === "broken");
    if (broken.length > 0) output.warn(`${id} cannot be used until this is corrected:`);
    for (const problem of broken) output.warn(`- ${problemLine(problem)}`);
  }
}

async function create({ output, cwd }: CommandLine, name: string): Promise<void> {
  const path = await newCharacterFolder(name, cwd);
  const id = basename(path);
  output.result({ id, path }, () => {
    output.line(`Written: ${path}`);
    output.line("Fill in its files (its README.md says which are needed), then:");
    output.line(`  simulacra import ${id}`);
  });
}
