import { SimulacraError } from "../../data/errors.js";
import type { Instrument, InstrumentPlan, SessionPlan } from "./contract.js";
import type { Ledger, SessionCell } from "./ledger.js";

/**
 * A place of the run (character, condition, item, repeat) holds one sample. Where the ledger has another session in the
 * place of a planned one, something else than the plan has changed since: the two must not be mixed in one mean.
 * @throws SimulacraError `invalid_option` saying what may have changed
 */
export function checkSamePlaces(
  { name }: Pick<Instrument, "name">,
  plan: InstrumentPlan<unknown>,
  planned: ReadonlySet<string>,
  ledger: Ledger,
): void {
  const others = ledger.sessions(name).filter(({ session }) => !planned.has(session));
  if (others.length === 0) return;
  const places = new Set<string>();
  for (const session of plan.sessions()) places.add(placeOf(session));
  const taken = others.filter((cell) => places.has(placeOfCell(cell)));
  const [first] = taken;
  if (!first) return;
  const { character, method, model, item, repeat } = first;
  throw new SimulacraError(
    "invalid_option",
    `This folder holds ${taken.length} sessions of ${name} that were put under other conditions (the first: ${character}, ${method}, ${model}, item ${item}, repeat ${repeat}). ` +
      "The seed, a setting, the character or its memories, the agents' model, the embeddings, a model's parameters or the version of this program has changed. Give another --out folder, or go back to what it was.",
    "user",
    { instrument: name, sessions: taken.length },
  );
}

function placeOf({ subject, condition, repeat, items }: SessionPlan): string {
  const character = subject.kind === "simulacrum" ? subject.character : subject.id;
  return placeOfCell({ ...condition, character, repeat, item: items[0]?.id ?? "" });
}

const placeOfCell = (cell: Omit<SessionCell, "session">): string => {
  const { character, method, model, framing, arm, item, repeat } = cell;
  return JSON.stringify([character, method, model, framing, arm, item, repeat]);
};
