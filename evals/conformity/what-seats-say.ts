import type { Line, SessionPlan } from "../core/contract.js";
import { seededRandom } from "../core/random.js";
import { type Arm, optionsOf, type Protocol, questionOf, SUBJECT_SEAT, type Trial } from "./protocol.js";
import type { Party } from "./trial-data.js";

/** Seats that answer before the subject, and after it. */
export function seatsOf({ order }: Arm): { before: string[]; after: string[] } {
  const at = order.indexOf(SUBJECT_SEAT);
  return { before: order.slice(0, at), after: order.slice(at + 1) };
}

/** What is said before the subject's turn: the rest of the trial before, the question, and the answers of those before it. */
export function linesOf(
  protocol: Protocol,
  arm: Arm,
  {
    trial,
    previous,
    session,
    party,
  }: { trial: Trial; previous: Trial | undefined; session: SessionPlan; party: Party },
): Line[] {
  const { before, after } = seatsOf(arm);
  const says = (seat: string, of: Trial): Line =>
    party === "simulacra"
      ? { by: seat, ask: true }
      : { by: seat, text: scripted(protocol, arm, seat, of, session) };
  return [
    ...(previous ? after.map((seat) => says(seat, previous)) : []),
    { by: protocol.experimenter.id, text: questionOf(protocol, trial) },
    ...before.map((seat) => says(seat, trial)),
  ];
}

/** A seat's words by its rule. The wording is chosen by the seed, the same in every arm and for every method. */
function scripted(
  protocol: Protocol,
  arm: Arm,
  seat: string,
  trial: Trial,
  { seed, repeat }: Pick<SessionPlan, "seed" | "repeat">,
): string {
  const person = protocol.people.find(({ id }) => id === seat);
  if (!person) throw new Error(`The protocol ${protocol.id} has no seat ${seat}.`);
  const rule = arm.answers[seat] ?? person.answers;
  const fixed = typeof rule === "object" ? rule[trial.id] : undefined;
  if (fixed !== undefined) return fixed;
  const option = rule === "correct" ? (trial.correct ?? trial.group) : trial.group;
  const answer =
    protocol.reading === "numbered" ? String(option) : (optionsOf(protocol, trial)[option - 1]?.says ?? "");
  const ways = person.says;
  const way = ways[seededRandom(`${seed}/${repeat}/${seat}/${trial.id}`).below(ways.length)] ?? "{answer}.";
  const words = way.replaceAll("{answer}", () => answer);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
