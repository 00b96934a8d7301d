import { join, resolve } from "node:path";
import type { Command } from "commander";
import { type Character, methodSchema } from "../../../data/character.js";
import { missingParts } from "../../../data/character-folder.js";
import { importCharacters } from "../../../data/importers/import-characters.js";
import { missingFor } from "../../../data/missing-for.js";
import { type Problem, problemLine } from "../../../data/problem.js";
import { countWords } from "../../../data/story.js";
import { type CommandLine, withCommonOptions } from "../command-line.js";
import { exitCode } from "../exit-code.js";
import { importedCharactersFolder, type SettingFlags } from "../settings.js";
import { type ImportOutcome, storeImport } from "../store-import.js";

interface ImportFlags extends SettingFlags {
  replace?: boolean;
}

interface Imported {
  character: Character;
  outcome: ImportOutcome;
  path: string;
  /** What was imported, as it was typed. */
  source: string;
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
  for (const character of characters) {
    const place = join(folder, character.id);
    imported.push({
      character,
      path: place,
      source: path,
      ...(await storeImport(cli, character, place, flags.replace === true)),
    });
  }
  const here = imported.filter(({ outcome }) => outcome !== "kept" && outcome !== "failed");
  if (here.length === 0) cli.exitCode = exitCode.usage;
  output.result({ imported: imported.map(asJson), problems }, () => {
    for (const one of imported) show(cli, one);
    // What a method misses has been said with the character.
    const said = new Set(characters.flatMap(missingParts).map(({ reason }) => reason));
    showProblems(
      cli,
      problems.filter(({ kind, reason }) => kind !== "missing" || !said.has(reason)),
    );
    output.line(`${here.length} of ${characters.length} characters are here now.`);
  });
}

/** The parts that each method misses; methods that lack nothing are left out. */
function missingByMethod(character: Character): Record<string, string[]> {
  const lacks = methodSchema.options.map((method) => [method, missingFor(character, method)] as const);
  return Object.fromEntries(lacks.filter(([, parts]) => parts.length > 0));
}

/** What to type next: fill in what macm lacks, build the memories where there is only the story, or talk. */
function nextStep({ character, path, source }: Imported): string {
  const { id, story, memories } = character;
  if (missingFor(character, "macm").length > 0)
    return /\.(md|markdown|txt)$/i.test(source)
      ? `fill in what is missing in ${path}`
      : `fill in what is missing, then: simulacra import ${source} --replace`;
  return story !== undefined && memories.length === 0 ? `simulacra remember ${id}` : `simulacra chat ${id}`;
}

function asJson(one: Imported) {
  const { character, outcome, path, reason } = one;
  return {
    id: character.id,
    name: character.name,
    outcome,
    path,
    storyWords: countWords(character.story ?? ""),
    memories: character.memories.length,
    missing: missingByMethod(character),
    next: nextStep(one),
    ...(reason === undefined ? {} : { reason }),
  };
}

const outcomeInWords: Record<ImportOutcome, string> = {
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
  output.line(output.paint.dim(`  next: ${nextStep(one)}`));
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
