import { importedCharactersFolder } from "../../data/home-folder.js";
import { type Character, findCharacter, listCharacters, ownCharactersFolder } from "../../data/index.js";
import type { Instrument, InstrumentPlan, PlanRequest } from "./contract.js";
import type { FullOptions } from "./evaluation-options.js";
import { type FoundInstrument, findInstrument } from "./find-instruments.js";
import { checkSettingNames, readSettings } from "./instrument-settings.js";
import { invalidInput, invalidOption } from "./invalid.js";

/** An instrument with what this run asks of it. */
export interface PreparedInstrument extends FoundInstrument {
  request: PlanRequest<unknown>;
  plan: InstrumentPlan<unknown>;
}

/** What a run is about to do, and what is wrong with it. */
export interface Preparation {
  instruments: PreparedInstrument[];
  /** Everybody whom one of the instruments is put to. */
  characters: Character[];
  /** Problems in words; nothing may be spent while there are any. */
  problems: string[];
}

/**
 * Finds instruments and characters, reads the settings and lets every instrument check its request. Only reads files.
 * @throws SimulacraError `unknown_character`, `invalid_option`, `invalid_input`
 */
export async function prepareEvaluation(options: FullOptions): Promise<Preparation> {
  const found: FoundInstrument[] = [];
  for (const instrument of options.instruments)
    found.push(
      typeof instrument === "string" ? await findInstrument(instrument) : { instrument, module: null },
    );
  const names = found.map(({ instrument }) => instrument.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw invalidOption(`The instrument ${twice} is named twice.`);
  checkSettingNames(
    found.map(({ instrument }) => instrument),
    options.settings,
  );
  const everybody = await charactersOf(options);
  const preparation: Preparation = { instruments: [], characters: [], problems: [] };
  const taking = new Map<string, Character>();
  for (const { instrument, module } of found) {
    const { methods, models, repeats, seed, framing } = options;
    const settings = readSettings(instrument, options.settings);
    const asked = { methods, models, repeats, seed, framing, settings };
    const able =
      options.characters === undefined || options.characters === "all"
        ? await ableTo(instrument, everybody, asked)
        : [];
    // Where it takes nobody, it says why of everybody.
    const characters = able.length > 0 ? able : everybody;
    const request: PlanRequest<unknown> = { ...asked, characters };
    const problems = await instrument.validate(request);
    preparation.problems.push(...problems.map((problem) => `${instrument.title}: ${problem}`));
    if (problems.length > 0) continue;
    const plan = await instrument.plan(request);
    preparation.instruments.push({ instrument, module, request, plan });
    for (const character of characters) taking.set(character.id, character);
  }
  preparation.characters = [...taking.values()];
  return preparation;
}

/** As `prepareEvaluation`. @throws SimulacraError also `invalid_input` with every problem found */
export async function runnableEvaluation(options: FullOptions): Promise<Preparation> {
  const preparation = await prepareEvaluation(options);
  const { problems } = preparation;
  if (problems.length === 0) return preparation;
  const list = problems.map((problem) => `- ${problem}`).join("\n");
  throw invalidInput(`This cannot be run as it is:\n${list}`, { problems: [...problems] });
}

/** The characters named, or all that can be read. */
export async function charactersOf({ characters = "all", home }: FullOptions): Promise<Character[]> {
  const folders = [ownCharactersFolder(), ...(home === undefined ? [] : [importedCharactersFolder(home)])];
  const named =
    characters === "all"
      ? (await listCharacters(folders))
          .filter(({ problems }) => problems.every(({ kind }) => kind !== "broken"))
          .map(({ id }) => id)
      : characters;
  const byId = new Map<string, Character>();
  for (const each of named) {
    const character = typeof each === "string" ? await findCharacter(each, folders) : each;
    byId.set(character.id, character);
  }
  return [...byId.values()];
}

/** Those against whom the instrument has nothing to say. */
export async function ableTo(
  instrument: Instrument,
  everybody: readonly Character[],
  asked: Omit<PlanRequest<unknown>, "characters">,
): Promise<Character[]> {
  const able: Character[] = [];
  for (const character of everybody)
    if ((await instrument.validate({ ...asked, characters: [character] })).length === 0) able.push(character);
  return able;
}
