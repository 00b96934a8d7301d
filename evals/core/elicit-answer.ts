import type { RunnableConfig } from "@langchain/core/runnables";
import type { Interlocutor } from "../../agents/mind.js";
import { isSimulacraError, reasonOf } from "../../data/errors.js";
import type { UsageMeter } from "../../models/index.js";
import { asker, type SessionPlan } from "./contract.js";
import { type SessionState, SUBJECT } from "./session-state.js";
import type { Subject, SubjectReply } from "./subject.js";

/** Supersteps that a subject's own graph may take; the session's limit, which configs hand down, is not meant for it. */
const STEPS = 50;

/** Puts to somebody in the room all that was said there since they last spoke. */
export function elicitAnswer(
  who: Subject,
  seat: string,
  {
    session,
    state,
    meter,
    config,
  }: {
    session: SessionPlan;
    state: Pick<SessionState, "thread" | "room" | "heard">;
    meter: UsageMeter;
    config: RunnableConfig;
  },
): Promise<SubjectReply> {
  const before = state.heard[seat] ?? 0;
  return who.answer({
    thread: `${state.thread}/${seat}`,
    interlocutors: othersOf(session, seat),
    ...(before === 0 && session.scene !== undefined && { scene: session.scene }),
    said: state.room.slice(before).filter(({ by }) => by !== seat),
    meter,
    config: { ...config, recursionLimit: STEPS },
  });
}

/** Everyone in the room but the one who sits on this seat. */
function othersOf(
  { interlocutors, condition, subjectAs }: SessionPlan,
  seat: string,
): readonly Interlocutor[] {
  const people = interlocutors ?? [asker[condition.framing]];
  if (seat === SUBJECT) return people;
  const subject = { name: "another participant", ...subjectAs, id: SUBJECT };
  return [...people.filter(({ id }) => id !== seat), subject];
}

/** What went wrong in one line; a run that was stopped is not a failure of the item and goes on up. */
export function messageOf(error: unknown, signal?: AbortSignal): string {
  if (signal?.aborted || isSimulacraError(error, "cancelled")) throw error;
  return reasonOf(error).split("\n", 1)[0]?.slice(0, 500) ?? "";
}
