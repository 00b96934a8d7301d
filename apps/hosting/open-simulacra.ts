import type { Character } from "../../data/character.js";
import { memoryFolder } from "../../data/home-folder.js";
import type { Wiring } from "../../graphs/method.js";
import type { Method } from "../../graphs/methods.js";
import type { SimulacrumOptions } from "../../graphs/simulacrum/options.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { defaultCharacter } from "./characters.js";
import { nativeModuleFailure } from "./native-modules.js";
import { ResourceCache } from "./resource-cache.js";
import { type ModelNames, modelNames, type Settings } from "./settings.js";

type PlayOptions = Required<Pick<SimulacrumOptions, "method" | "wiring" | "memoryMode">>;

const open = new ResourceCache<Simulacrum>();
/** One a figure: a handful, and they hold nothing. */
const drawn = new ResourceCache<Simulacrum>();

/** Works with a simulacrum that is not closed meanwhile. */
export const usingSimulacrum = <R>(simulacrum: Simulacrum, work: () => Promise<R>): Promise<R> =>
  open.using(simulacrum, work);

/**
 * A running character with the memory that the command line knows as well. Opened once for each different set of
 * options, and again after its files have changed. The host keeps the checkpoints, so the simulacrum keeps none.
 */
export function openSimulacrum(
  character: Character,
  models: ModelNames,
  play: PlayOptions,
  { home }: Settings,
): Promise<Simulacrum> {
  const options = {
    ...play,
    model: "offline",
    ...modelNames(models),
    character,
    home: memoryFolder(home, character.id),
  };
  return open.get(JSON.stringify(options), () => create(options));
}

/**
 * A simulacrum to be drawn: the graph of a method is the same whoever is played, and neither a picture nor a look at a
 * conversation's state may ask for a model's key or touch a memory.
 */
export async function simulacrumToDraw(
  method: Method,
  wiring: Wiring,
  settings: Settings,
): Promise<Simulacrum> {
  const character = await defaultCharacter(settings);
  return drawn.get(`${method} ${wiring}`, () =>
    create({ character, method, wiring, model: "offline", embeddings: "lexical", memoryMode: "off" }),
  );
}

async function create(options: SimulacrumOptions): Promise<Simulacrum> {
  try {
    // Loaded with the first request: most of the start-up time of the process is LangChain.
    const { createSimulacrum } = await import("../../graphs/simulacrum/simulacrum.js");
    return await createSimulacrum(options);
  } catch (error) {
    throw nativeModuleFailure(error) ?? error;
  }
}
