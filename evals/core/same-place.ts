import { SimulacraError } from "../../data/errors.js";
import type { Instrument, InstrumentPlan, SessionPlan } from "./contract.js";
import type { Ledger, TakenPlace } from "./ledger.js";

/**
 * A place of the run (character, condition, item, repeat) holds one sample. Where the ledger has one of another session in
 * the place of a planned one, something else than the plan has changed since: the two must not be mixed in one mean.
 * @throws SimulacraError `invalid_option` saying what may have changed
 */
export function checkSamePlaces(
  { name }: Pick<Instrument, "name">,
  plan: InstrumentPlan<unknown>,
  planned: ReadonlySet<string>,
  ledger: Ledger,
): void {
  const others = ledger.places(name).filter(({ session }) => !planned.has(session));
  if (others.length === 0) return;
  const places = new Set<string>();
  for (const session of plan.sessions()) for (const place of placesOf(session)) places.add(place);
  const taken = others.filter((sample) => places.has(placeOf(sample)));
  const [first] = taken;
  if (!first) return;
  const { character, method, model, item, repeat } = first;
  const sessions = new Set(taken.map(({ session }) => session)).size;
  throw new SimulacraError(
    "invalid_option",
    `This folder holds ${sessions} session${sessions === 1 ? "" : "s"} of ${name} put under other conditions (the first: ${character}, ${method}, ${model}, item ${item}, repeat ${repeat}). ` +
      "The seed, a setting, the items, the character or its memories, who else is in the room (with party=simulacra every further character changes that), the agents' model, the embeddings, a model's parameters or the version of this program has changed. Give another --out folder, or go back to what it was.",
    "user",
    { instrument: name, sessions },
  );
}

function placesOf({ subject, condition, repeat, items }: SessionPlan): string[] {
  const character = subject.kind === "simulacrum" ? subject.character : subject.id;
  return items.map(({ id: item }) => placeOf({ ...condition, character, repeat, item }));
}

const placeOf = (place: Omit<TakenPlace, "session">): string => {
  const { character, method, model, framing, arm, item, repeat } = place;
  return JSON.stringify([character, method, model, framing, arm, item, repeat]);
};
