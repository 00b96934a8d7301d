import { type HomeSnapshot, stimulusMarks } from "../home-snapshot.js";
import type { Journal } from "../journal.js";
import { markOf } from "../message-marks.js";
import type { Violation } from "../violation.js";

/**
 * What was acknowledged is stored, in its conversation, with its answer and in its order; what was taken back or
 * belongs to no conversation is in no record.
 */
export function nothingLost(snapshot: HomeSnapshot, journal: Journal): Violation[] {
  const violation = (what: string): Violation => ({ invariant: "nothing acknowledged lost", what });
  const turns = new Map<number, { thread: string; turn: number; answer: string }>();
  for (const row of snapshot.under("turns")) {
    const { thread, turn, answer } = row.value as { thread: string; turn: number; answer?: { text: string } };
    for (const number of stimulusMarks(row))
      turns.set(number, { thread, turn, answer: answer?.text ?? "nothing" });
  }
  const found: Violation[] = [];
  const missing = new Map<string, string[]>();
  const lastTurn = new Map<string, { number: number; turn: number; settledAt: number }>();
  for (const said of journal.said.values()) {
    if (said.fate !== "answered" || said.thread === null) continue;
    const stored = turns.get(said.number);
    const mark = markOf(said.number);
    if (!stored) {
      if (!said.mayBeGone) missing.set(said.thread, [...(missing.get(said.thread) ?? []), mark]);
      continue;
    }
    if (stored.thread !== said.thread)
      found.push(violation(`${mark} lies in ${stored.thread}, not in ${said.thread}`));
    if (stored.answer !== said.answer)
      found.push(violation(`${mark} was answered otherwise: ${stored.answer}`));
    const before = lastTurn.get(said.thread);
    if (before && before.settledAt < said.sentAt && before.turn >= stored.turn)
      found.push(violation(`${mark} stands before ${markOf(before.number)}, which was answered earlier`));
    lastTurn.set(said.thread, { number: said.number, turn: stored.turn, settledAt: said.settledAt ?? 0 });
  }
  for (const [thread, marks] of missing)
    if (marks.length > (journal.openWithdrawals.get(thread) ?? 0))
      found.push(violation(`${marks.join(", ")} of ${thread}`));
  return [...found, ...cameBack(snapshot, journal).map(violation)];
}

function cameBack(snapshot: HomeSnapshot, journal: Journal): string[] {
  const gone = [...journal.said.values()].filter(({ fate }) => fate === "gone" || fate === "wiped");
  return gone.flatMap(({ number, fate }) =>
    snapshot.rows
      .filter(({ text }) => text.includes(markOf(number)))
      .map(
        ({ namespace, key }) => `${markOf(number)} is ${fate}, and stands in ${namespace.join("/")} ${key}`,
      ),
  );
}
