import type { HomeSnapshot } from "../home-snapshot.js";
import type { Journal, Said } from "../journal.js";
import { markOf } from "../message-marks.js";
import type { Violation } from "../violation.js";

/**
 * Words wait for an answer only where their turn failed or was killed: in their own conversation, once, in no stored
 * turn, and no longer than to the next answer. Those that were seen to wait stay until they are answered or taken back.
 */
export function unansweredKept(snapshot: HomeSnapshot, journal: Journal): Violation[] {
  const found: Violation[] = [];
  const stored = snapshot.storedMessages;
  const waiting = new Set<number>();
  for (const { number, thread } of snapshot.waitingMessages) {
    const wrong = (what: string): void =>
      void found.push({
        invariant: "words wait with reason",
        what: `${markOf(number)} in ${thread} ${what}`,
      });
    const said = journal.said.get(number);
    if (waiting.has(number)) wrong("waits twice");
    waiting.add(number);
    if (stored.has(number)) wrong("stands in a turn, too");
    if (said?.thread !== thread) wrong(`was said in ${said?.thread ?? "no conversation"}`);
    else if (said.fate !== "unknown") wrong(`is ${said.fate}`);
    const later = said && answerAfter(said, journal);
    if (later && stored.has(later.number)) wrong(`was passed over by ${markOf(later.number)}`);
  }
  const lost = [...journal.said.values()].filter(
    ({ fate, kept, mayBeGone, thread, number }) =>
      fate === "unknown" &&
      kept &&
      !mayBeGone &&
      !journal.openWithdrawals.has(thread ?? "") &&
      !stored.has(number) &&
      !waiting.has(number),
  );
  const what = ({ number, thread }: Said) => `${markOf(number)} in ${thread} neither waits nor was answered`;
  return [...found, ...lost.map((said) => ({ invariant: "words that wait are kept", what: what(said) }))];
}

/** Something said in the same conversation after this had failed, and answered. */
function answerAfter({ thread, settledAt }: Said, { said }: Journal): Said | undefined {
  if (settledAt === null) return undefined;
  return [...said.values()].find(
    (other) => other.thread === thread && other.fate === "answered" && other.sentAt > settledAt,
  );
}
