import { z } from "zod";
import { interlocutorSchema } from "../../agents/mind.js";
import { listCharacters, ownCharactersFolder } from "../../data/character-catalogue.js";
import { type Method, methodNamed, wirings } from "../../graphs/methods.js";
import { characterSources } from "../cli/character-source.js";
import type { Settings } from "../cli/settings.js";
import { filledForm } from "./studio-request.js";

// The configuration forms that Studio shows: the JSON schema of a graph's context. An empty text means "not said".

/** Fields of every form: who, by which models. */
export async function personFields(settings: Settings) {
  const [all, own] = await Promise.all([
    listCharacters(characterSources(settings)),
    listCharacters([ownCharactersFolder()]),
  ]);
  const ids = all.map(({ id }) => id);
  return {
    character: z
      .enum(ids)
      .default(own[0]?.id ?? ids[0] ?? "")
      .describe(
        "Who is played: one of this package's own characters or of those imported into SIMULACRA_HOME.",
      ),
    model: z
      .string()
      .default(settings.model ?? "offline")
      .describe('Model that speaks, as provider:model, or "offline" (needs nothing, answers in samples).'),
    agentModel: z
      .string()
      .default(settings.agentModel ?? "")
      .describe("Model of the agents that reflect, think, feel and remember. Empty: the model that speaks."),
    embeddings: z
      .string()
      .default(settings.embeddings ?? "")
      .describe("energetic, lexical, openai:MODEL or transformers:MODEL. Empty: energetic where installed."),
  };
}

/** The form of the graphs one talks with. */
export async function talkForm(method: Method, settings: Settings) {
  const form = z.object({
    ...(await personFields(settings)),
    interlocutor: z
      .string()
      .default("me")
      .describe("Id of the one who speaks: what is said is remembered as theirs. A thread keeps its people."),
    interlocutorName: z.string().default("").describe("Their name, as the character knows it."),
    relationship: z.string().default("").describe('How the character knows them: "a stranger", "my sister".'),
    memoryMode: z
      .enum(["persist", "overlay", "off"])
      .default("persist")
      .describe("persist: kept in SIMULACRA_HOME; overlay: read, but nothing is kept; off: no memory."),
  });
  return methodNamed(method).wirings.length > 0 ? form.extend({ wiring }) : form;
}

const wiring = z
  .enum(wirings)
  .default(wirings[0] ?? "drawn")
  .describe("Order of the agents: as the paper draws them, or Top's reading beside thought and feeling.");

/** How the graph of this form is wired; not every method has a choice. */
export const wiringOf = (method: Method, context: Record<string, unknown>) =>
  methodNamed(method).wirings.length > 0 ? filledForm(z.object({ wiring }), context).wiring : "drawn";

/** The one who speaks, as the graphs take them in. */
export type StudioInterlocutor = z.infer<typeof interlocutorSchema>;

/**
 * The one who speaks; nobody in particular where the form's id was emptied.
 * @throws SimulacraError `invalid_option`
 */
export function interlocutorOf(form: {
  interlocutor: string;
  interlocutorName: string;
  relationship: string;
}) {
  const said = (text: string) => (text.trim() === "" ? undefined : text);
  const id = said(form.interlocutor);
  if (id === undefined) return null;
  return filledForm(interlocutorSchema, {
    id,
    name: said(form.interlocutorName),
    relationship: said(form.relationship),
  });
}
