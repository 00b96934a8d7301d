import { join, resolve } from "node:path";
import type { Command } from "commander";
import { type Character, methodSchema } from "../../../data/character.js";
import { characterFiles, loadCharacterFolder } from "../../../data/character-folder.js";
import { isSimulacraError } from "../../../data/errors.js";
import { importCharacters } from "../../../data/importers/import-characters.js";
import { missingFor } from "../../../data/missing-for.js";
import { type Problem, problemLine } from "../../../data/problem.js";
import { countWords } from "../../../data/story.js";
import { filesOf, writeCharacterFolder } from "../../../data/write-character-folder.js";
import { type CommandLine, withCommonOptions } from "../command-line.js";
import { confirm } from "../confirm.js";
import { exitCode } from "../exit-code.js";
import { importedCharactersFolder, type SettingFlags } from "../settings.js";

interface ImportFlags extends SettingFlags {
  replace?: boolean;
}

/** What became of one character of an import. `kept`: another character of this id is there and was not replaced. */
type Outcome = "imported" | "replaced" | "unchanged" | "kept" | "failed";

interface Imported {
  character: Character;
  outcome: Outcome;
  path: string;
  /** Why, where it failed. */
  reason?: string;
}

/** `simulacra import <path>`: characters from a folder, a story or a published data set into the home. */
export function registerImport(program: Command, cli: CommandLine): void {
  withCommonOptions(program.command("import"))
    .description("import characters: a character folder, a life story (.md, .txt), or the published data set")
    .argument("<path>", "file or folder")
    .option("--replace", "replace imported characters whose data differ")
    .action(async (path: string, flags: ImportFlags) => importPath(cli, path, flags));
}

async function importPath(cli: CommandLine, path: string, flags: ImportFlags): Promise<void> {
  const { output } = cli;
  const folder = importedCharactersFolder(cli.settings(flags).home);
  const { characters, problems } = await importCharacters(resolve(cli.cwd, path));
  const imported: Imported[] = [];
  for (const character of characters)
    imported.push(await store(cli, character, join(folder, character.id), flags));
  const here = imported.filter(({ outcome }) => outcome !== "kept" && outcome !== "failed");
  if (here.length === 0) cli.exitCode = exitCode.usage;
  output.result({ imported: imported.map(asJson), problems }, () => {
    for (const one of imported) show(cli, one);
    showProblems(cli, problems);
    output.line(`${here.length} of ${characters.length} characters are here now.`);
  });
}

async function store(
  cli: CommandLine,
  character: Character,
  path: string,
  flags: ImportFlags,
): Promise<Imported> {
  try {
    const there = await existing(path);
    if (there !== undefined && sameFiles(there, character)) return { character, outcome: "unchanged", path };
    const replace = there !== undefined;
    if (replace && flags.replace !== true) {
      const question = `${character.name} is here already, with other data. Replace it? (yes/no) `;
      if (!cli.canAsk || !(await confirm(cli, question))) return { character, outcome: "kept", path };
    }
    await writeCharacterFolder(character, path, { replace });
    return { character, outcome: replace ? "replaced" : "imported", path };
  } catch (error) {
    // A full disk or a forbidden folder concerns all characters; a broken one must not stop the others.
    if (!isSimulacraError(error, "invalid_character") && !isSimulacraError(error, "invalid_input"))
      throw error;
    return { character, outcome: "failed", path, reason: error.message };
  }
}

/** What stands at the place: a character, "broken" where it cannot be read, undefined where there is none. */
async function existing(path: string): Promise<Character | "broken" | undefined> {
  const { access } = await import("node:fs/promises");
  const there = await access(join(path, characterFiles.character)).then(
    () => true,
    () => false,
  );
  return there ? loadCharacterFolder(path).catch(() => "broken" as const) : undefined;
}

function sameFiles(there: Character | "broken", character: Character): boolean {
  if (there === "broken") return false;
  const [one, other] = [filesOf(there), filesOf(character)];
  return one.size === other.size && [...one].every(([file, text]) => other.get(file) === text);
}

/** The parts that each method misses; methods that lack nothing are left out. */
function missingByMethod(character: Character): Record<string, string[]> {
  const lacks = methodSchema.options.map((method) => [method, missingFor(character, method)] as const);
  return Object.fromEntries(lacks.filter(([, parts]) => parts.length > 0));
}

/** The command to type next: build the memories first, where there is only the story. */
function nextCommand({ id, story, memories }: Character): string {
  return story !== undefined && memories.length === 0 ? `simulacra remember ${id}` : `simulacra chat ${id}`;
}

function asJson({ character, outcome, path, reason }: Imported) {
  return {
    id: character.id,
    name: character.name,
    outcome,
    path,
    storyWords: countWords(character.story ?? ""),
    memories: character.memories.length,
    missing: missingByMethod(character),
    next: nextCommand(character),
    ...(reason === undefined ? {} : { reason }),
  };
}

const outcomeInWords: Record<Outcome, string> = {
  imported: "imported",
  replaced: "replaced",
  unchanged: "already there",
  kept: "not replaced: other data are here under this id (--replace replaces them)",
  failed: "not imported",
};

function show({ output }: CommandLine, one: Imported): void {
  const { character, outcome, reason } = one;
  const { storyWords, memories } = asJson(one);
  const good = outcome === "imported" || outcome === "replaced" || outcome === "unchanged";
  const mark = good ? output.paint.green("✓") : output.paint.red("✗");
  output.line(
    `${mark} ${character.name} (${character.id}): ${outcomeInWords[outcome]}${reason === undefined ? "" : `: ${reason}`}`,
  );
  if (!good) return;
  output.line(`  ${storyWords.toLocaleString("en")} words of life story, ${memories} memories`);
  for (const [method, parts] of Object.entries(missingByMethod(character)))
    output.line(`  missing for ${method}: ${parts.join(", ")}`);
  output.line(output.paint.dim(`  next: ${nextCommand(character)}`));
}

function showProblems({ output }: CommandLine, problems: readonly Problem[]): void {
  const titles = {
    broken: "Could not be read, and was left out:",
    ignored: "Not known here, and was left out:",
    missing: "Not there yet:",
  } as const;
  for (const [kind, title] of Object.entries(titles)) {
    const lines = problems.filter((problem) => problem.kind === kind).map(problemLine);
    if (lines.length > 0) output.line(title);
    for (const line of lines) output.line(`- ${line}`);
  }
}
