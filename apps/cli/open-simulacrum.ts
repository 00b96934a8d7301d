import type { Character } from "../../data/character.js";
import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import { memoryFolder } from "../../data/home-folder.js";
import { missingFor } from "../../data/missing-for.js";
import { readCondition } from "../../graphs/conditions.js";
import type { SimulacrumOptions } from "../../graphs/simulacrum/options.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { LIFE } from "../../memory/ownership.js";
import { characterNamed } from "../hosting/characters.js";
import { modelNames, type SettingFlags, type Settings } from "../hosting/settings.js";
import type { CommandLine } from "./command-line.js";
import { createProgress } from "./progress.js";
import type { TalkFlags } from "./talk-options.js";

/** Flags of the commands that embed text. */
export interface EmbeddingFlags extends SettingFlags {
  reembed?: boolean;
  timeZone?: string;
}

/** Opening takes about a second; only what takes longer is told of. */
const quietMs = 2_000;

/** Opens a character for talk as settings and flags say. */
export async function openForTalk(
  cli: CommandLine,
  settings: Settings,
  character: Character,
  flags: TalkFlags,
): Promise<Simulacrum> {
  await cli.noteOfflineModel(settings);
  const { wiring, reembed = false, readOnly = false, timeZone, contextTokens } = flags;
  const { method, without } = readCondition(flags.method);
  const lacks = missingFor(character, method.needs);
  if (lacks.length > 0)
    cli.output.warn(`${character.name} has no ${lacks.join(", no ")}: "${flags.method}" plays them without.`);
  const play = { method: method.id, wiring, memoryMode: readOnly ? "overlay" : "persist" } as const;
  const agents = without.length > 0 ? { agents: { without } } : {};
  const stated = {
    ...(timeZone !== undefined && { timeZone }),
    ...(contextTokens !== undefined && { contextTokens }),
  };
  const options = { character, reembed, ...stated, ...play, ...agents, ...modelNames(settings) };
  const simulacrum = await open(cli, settings, options);
  if (method.remembers && character.story !== undefined) {
    const [first] = await simulacrum.memory.store.search([...LIFE], { limit: 1 });
    if (!first)
      cli.output.warn(
        `${character.name} remembers nothing of the life story yet: simulacra remember ${character.id}`,
      );
  }
  return simulacrum;
}

/** Opens the character of this name to look at its memory, works with it and closes it; no chat model is needed. */
export async function withMemory<R>(
  cli: CommandLine,
  name: string,
  flags: EmbeddingFlags,
  work: (simulacrum: Simulacrum, settings: Settings) => Promise<R>,
): Promise<R> {
  const settings = cli.settings(flags);
  const character = await characterNamed(name, settings);
  const { reembed = false, timeZone } = flags;
  const models = { ...modelNames(settings), model: "offline", agentModel: "offline" };
  const simulacrum = await open(cli, settings, {
    character,
    reembed,
    ...(timeZone !== undefined && { timeZone }),
    ...models,
  });
  try {
    return await work(simulacrum, settings);
  } finally {
    await simulacrum.close();
  }
}

/** Opens; where the stored embeddings come from another model, asks whether to compute them again. */
async function open(
  cli: CommandLine,
  { home, timeLimits }: Settings,
  given: SimulacrumOptions,
): Promise<Simulacrum> {
  const progress = lateProgress(cli);
  const options = {
    ...given,
    ...(Object.keys(timeLimits).length > 0 && { timeLimits }),
    home: memoryFolder(home, given.character.id),
    onProgress: progress.update,
  };
  try {
    return await cli.createSimulacrum(options);
  } catch (error) {
    if (!isSimulacraError(error, "embedding_mismatch")) throw error;
    const { code, message, fault, details } = error;
    progress.finish();
    const wanted = await cli.confirm(`${message}\nCompute the stored embeddings again now? (yes/no) `);
    if (wanted === undefined)
      throw new SimulacraError(code, `${message} (Here: --reembed.)`, fault, details, { cause: error });
    if (!wanted) throw error;
    return await cli.createSimulacrum({ ...options, reembed: true });
  } finally {
    progress.finish();
  }
}

/** Progress that stays silent where the work is short, and says what is going on where it is not. */
function lateProgress(cli: CommandLine): { update(done: number, total: number): void; finish(): void } {
  const bar = createProgress(cli.output, "Embedding memories");
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    cli.output.note("Preparing the memory …");
  }, quietMs);
  return {
    update: (done, total) => {
      if (late) bar.update(done, total);
    },
    finish: () => {
      clearTimeout(timer);
      bar.finish();
    },
  };
}
