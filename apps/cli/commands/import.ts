import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import type { Character } from "../../../data/character.js";
import { problemsOfMissing } from "../../../data/character-folder.js";
import { importedCharactersFolder, memoryFolder } from "../../../data/home-folder.js";
import { importCharacters } from "../../../data/importers/import-characters.js";
import { missingFor, missingParts } from "../../../data/missing-for.js";
import { type Problem, problemLine } from "../../../data/problem.js";
import { countWords } from "../../../data/story.js";
import { several } from "../../../data/words.js";
import { methods } from "../../../graphs/methods.js";
import type { SettingFlags } from "../../hosting/settings.js";
import { type CommandLine, withCommonOptions } from "../command-line.js";
import { exitCode } from "../exit-code.js";
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
  /** Another story stood here before, and memories may have been built from it. */
  oldMemories: boolean;
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
  const { home } = cli.settings(flags);
  const folder = importedCharactersFolder(home);
  const { characters, problems } = await importCharacters(resolve(cli.cwd, path));
  const imported: Imported[] = [];
  for (const character of characters) {
    const place = join(folder, character.id);
    const replace = flags.replace === true;
    const { storyChanged = false, ...stored } = await storeImport(cli, character, place, replace);
    const memory = join(memoryFolder(home, character.id), "memory.sqlite");
    const oldMemories = storyChanged && existsSync(memory);
    imported.push({ character, path: place, source: path, ...stored, oldMemories });
  }
  const here = imported.filter(({ outcome }) => outcome !== "kept" && outcome !== "failed");
  if (here.length === 0) cli.exitCode = exitCode.usage;
  output.result({ imported: imported.map(asJson), problems }, () => {
    for (const one of imported) show(cli, one, here.length > 1);
    // What a method misses has been said with the character.
    const said = new Set(characters.flatMap(problemsOfMissing).map(({ reason }) => reason));
    showProblems(
      cli,
      problems.filter(({ kind, reason }) => kind !== "missing" || !said.has(reason)),
    );
    if (characters.length > 1)
      output.line(`${here.length} of ${several(characters.length, "character")} are here now.`);
    const [only] = here;
    if (only !== undefined && here.length === 1) output.line(`next: ${nextStep(only)}`);
    else if (here.length > 1) output.line("next: talk with one of them, as written under each.");
  });
}

/** The parts that each method misses; methods that lack nothing are left out. */
function missingByMethod(character: Character): Record<string, string[]> {
  const lacks = methods.map(({ id, needs }) => [id, missingFor(character, needs)] as const);
  return Object.fromEntries(lacks.filter(([, parts]) => parts.length > 0));
}

/** A life to talk about: a story, or memories of it. Everything else only makes the person fuller. */
const hasLife = ({ story, memories }: Character): boolean => story !== undefined || memories.length > 0;

/** What to type next: write a story, build the memories where there is only the story, or talk. */
function nextStep({ character, source, oldMemories }: Imported): string {
  const { id, memories } = character;
  if (!hasLife(character)) return `fill in what is missing, then: simulacra import ${source} --replace`;
  if (memories.length > 0 && !oldMemories) return `simulacra chat ${id}`;
  return `simulacra remember ${id}, then: simulacra ask ${id} "Who are you?"`;
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

const outcomeTexts: Record<ImportOutcome, string> = {
  imported: "imported",
  replaced: "replaced",
  unchanged: "already there",
  kept: "not replaced: other data are here under this id (--replace replaces them)",
  failed: "not imported",
};

/** What is not written of a character that has no life to talk about yet. */
function notWritten(character: Character): string {
  const { biography, personality, profile } = character;
  const { hobbies, shortTermGoals, ...facts } = profile;
  const empty =
    biography === undefined &&
    personality.traits.length + hobbies.length + shortTermGoals.length === 0 &&
    Object.values(facts).every((fact) => fact === undefined);
  return empty ? "nothing is written in it yet" : "no life story is written yet";
}

function show({ output }: CommandLine, one: Imported, amongOthers: boolean): void {
  const { character, outcome, reason, path, source, oldMemories } = one;
  const { storyWords, memories } = asJson(one);
  const { green, red, yellow, dim } = output.paint;
  const title = `${character.name} (${character.id}): ${outcomeTexts[outcome]}`;
  const next = () => {
    if (amongOthers) output.line(dim(`  next: ${nextStep(one)}`));
  };
  if (outcome === "kept" || outcome === "failed") {
    output.line(`${red("✗")} ${title}${reason === undefined ? "" : `: ${reason}`}`);
    return;
  }
  if (!hasLife(character)) {
    output.line(`${yellow("–")} ${title}, but ${notWritten(character)}`);
    for (const [method, parts] of Object.entries(missingByMethod(character)))
      output.line(`  missing for ${method}: ${parts.join(", ")}`);
    next();
    return;
  }
  output.line(`${green("✓")} ${title}`);
  output.line(
    `  ${several(storyWords, "word")} of life story${memories === 0 ? "" : `, ${several(memories, "memory", "memories")}`}`,
  );
  if (oldMemories)
    output.line(
      "  The story has changed: memories built from the old one remain until you build those of the new one.",
    );
  const lacking = missingParts(character).map(({ part }) => part);
  if (lacking.length > 0)
    output.line(
      `  optional, for a fuller person (the method prompt needs it): ${lacking.join(", ")}; write it in ${/\.(md|markdown|txt)$/i.test(source) ? path : source}`,
    );
  next();
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
