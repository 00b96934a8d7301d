import { promptBudget } from "../../agents/prompt-budget.js";
import { SimulacraError } from "../../data/errors.js";
import { countTokens } from "../../models/index.js";
import type { Instrument, PlanRequest } from "../core/contract.js";
import { ASCH_ABOUT, COUNTING } from "./about.js";
import { loadProtocol } from "./load-protocol.js";
import { measures } from "./measures.js";
import { armsOf, planSessions, playersFor } from "./plan-sessions.js";
import type { Protocol } from "./protocol.js";
import { readOption } from "./read-option.js";
import { type ConformitySettings, conformitySettings } from "./settings.js";
import { tables } from "./tables.js";
import { type OptionNumber, scoresOf, type TrialData } from "./trial-data.js";

/** Conformity: judging lines in a group that errs unanimously (Asch 1956), and any protocol of the same form. */
const conformity: Instrument<ConformitySettings, TrialData, OptionNumber> = {
  name: "conformity",
  version: "1",
  title: "Conformity (Asch)",
  about: [...ASCH_ABOUT, ...COUNTING],
  settings: conformitySettings,
  validate,
  plan: async (request) => planSessions(await loadProtocol(request.settings.protocol), request),
  heard: ({ data }, said) => {
    const since = said.findLastIndex(({ by }) => by === data.experimenter) + 1;
    const others = said.slice(since).map(({ text }) => {
      const read = readOption({ text }, data);
      return read.status === "answered" ? read.answer : null;
    });
    return { ...data, others };
  },
  parse: (reply, { data }) => readOption(reply, data),
  score: (answer, { data }) => scoresOf(answer, data),
  measures,
  tables,
};
export default conformity;

async function validate(request: PlanRequest<ConformitySettings>): Promise<string[]> {
  let protocol: Protocol;
  try {
    protocol = await loadProtocol(request.settings.protocol);
  } catch (error) {
    if (error instanceof SimulacraError) return [error.message];
    throw error;
  }
  return [
    ...unknownArms(protocol, request.settings),
    ...tooLong(protocol, request.settings),
    ...missingPlayers(request),
  ];
}

function unknownArms({ id, arms }: Protocol, { arms: wanted = [] }: ConformitySettings): string[] {
  const known = arms.map((arm) => arm.id);
  return wanted
    .filter((arm) => !known.includes(arm))
    .map((arm) => `The protocol ${id} has no arm ${arm}. It has: ${known.join(", ")}.`);
}

/** What would be cut before a subject sees it, at the smallest context that is supported in full. */
function tooLong(protocol: Protocol, settings: ConformitySettings): string[] {
  const { scene: most } = promptBudget();
  return armsOf(protocol, settings).flatMap((arm) => {
    const tokens = countTokens(arm.scene ?? protocol.scene);
    return tokens <= most
      ? []
      : [`The scene of arm ${arm.id} has ${tokens} tokens; a subject sees at most ${most}. Shorten it.`];
  });
}

function missingPlayers(request: PlanRequest<ConformitySettings>): string[] {
  if (request.settings.party !== "simulacra") return [];
  return request.characters
    .filter((subject) => playersFor(subject, request).length === 0)
    .map(({ name }) => `Nobody is left to sit beside ${name}. Name more characters, or set partyCharacter.`);
}
