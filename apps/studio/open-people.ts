import type { Character } from "../../data/character.js";
import type { Wiring } from "../../graphs/method.js";
import type { Method } from "../../graphs/methods.js";
import type { SimulacrumOptions } from "../../graphs/simulacrum/contract.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { defaultCharacter } from "../cli/character-source.js";
import { memoryFolder, type Settings } from "../cli/settings.js";
import { OpenedOnce } from "./opened-once.js";

/** What a form says of the person who is played, models by name. */
export interface PersonForm {
  model: string;
  agentModel: string;
  embeddings: string;
}

const people = new OpenedOnce<Simulacrum>();
/** One a figure: a handful, and they hold nothing. */
const sitters = new OpenedOnce<Simulacrum>();

/** Works with a person who is not closed meanwhile. */
export const whileAtWork = <R>(person: Simulacrum, work: () => Promise<R>): Promise<R> =>
  people.during(person, work);

/**
 * A running character with the memory that the command line knows as well. Opened once for each different wish, and
 * anew after its files have changed. The server keeps the checkpoints, so the simulacrum keeps none.
 */
export async function openPerson(
  character: Character,
  form: PersonForm,
  wish: Required<Pick<SimulacrumOptions, "method" | "wiring" | "memoryMode">>,
  settings: Settings,
): Promise<Simulacrum> {
  const home = memoryFolder(settings.home, character.id);
  const options = { ...wish, ...namedModels(form), character, home };
  return people.get(JSON.stringify(options), async () => {
    // Loaded with the first request: most of the start-up time of the process is LangChain.
    const { createSimulacrum } = await import("../../graphs/simulacrum/simulacrum.js");
    return createSimulacrum({ ...options, checkpointer: false });
  });
}

/** Models as options want them: an empty text is "not said". */
export function namedModels(form: PersonForm): { model: string; agentModel?: string; embeddings?: string } {
  const said = (text: string) => (text.trim() === "" ? undefined : text.trim());
  const agentModel = said(form.agentModel);
  const embeddings = said(form.embeddings);
  return {
    model: said(form.model) ?? "offline",
    ...(agentModel !== undefined && { agentModel }),
    ...(embeddings !== undefined && { embeddings }),
  };
}

/**
 * Somebody to draw: the graph of a method is the same whoever is played, and neither a picture nor a look at a
 * conversation's state may ask for a model's key or touch a memory.
 */
export async function sitter(method: Method, wiring: Wiring, settings: Settings): Promise<Simulacrum> {
  return sitters.get(`${method} ${wiring}`, async () => {
    const { createSimulacrum } = await import("../../graphs/simulacrum/simulacrum.js");
    return createSimulacrum({
      character: await defaultCharacter(settings),
      method,
      wiring,
      model: "offline",
      embeddings: "lexical",
      memoryMode: "off",
      checkpointer: false,
    });
  });
}
