import { several } from "../../data/words.js";
import type { Instrument, InstrumentPlan, SessionPlan } from "./contract.js";
import { invalidOption } from "./invalid.js";
import type { Ledger, Observation } from "./ledger.js";

/**
 * An observation (character, condition, item, repeat) has one sample in a run. Where the ledger has one of another session
 * for a planned observation, something else than the plan has changed since: the two must not be mixed in one mean.
 * @throws SimulacraError `invalid_option` saying what may have changed
 */
export async function checkNoConflict(
  { name }: Pick<Instrument, "name">,
  plan: InstrumentPlan<unknown>,
  planned: ReadonlySet<string>,
  ledger: Pick<Ledger, "observations">,
): Promise<void> {
  const others: Observation[] = [];
  for await (const each of ledger.observations(name)) if (!planned.has(each.session)) others.push(each);
  if (others.length === 0) return;
  const observed = new Set([...plan.sessions()].flatMap(observationsOf));
  const conflicting = others.filter((each) => observed.has(keyOf(each)));
  const [first] = conflicting;
  if (!first) return;
  const { character, method, model, item, repeat } = first;
  const sessions = new Set(conflicting.map(({ session }) => session)).size;
  throw invalidOption(
    `This folder holds ${several(sessions, "session")} of ${name} put under other conditions (the first: ${character}, ${method}, ${model}, item ${item}, repeat ${repeat}). ` +
      "The seed, a setting, the items, the character or its memories, who else is in the room (with party=simulacra every further character changes that), the agents' model, the embeddings, a model's parameters or the version of this program has changed. Give another --out folder, or go back to what it was.",
    { instrument: name, sessions },
  );
}

function observationsOf({ subject, condition, repeat, items }: SessionPlan): string[] {
  const character = subject.kind === "simulacrum" ? subject.character : subject.id;
  return items.map(({ id: item }) => keyOf({ ...condition, character, repeat, item }));
}

const keyOf = (observation: Omit<Observation, "session">): string => {
  const { character, method, model, framing, arm, item, repeat } = observation;
  return JSON.stringify([character, method, model, framing, arm, item, repeat]);
};
