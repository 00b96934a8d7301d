import type { RunnableConfig } from "@langchain/core/runnables";
import type { UsageMeter } from "../../models/index.js";
import type { SessionPlan } from "./contract.js";
import { asker } from "./framing.js";
import type { SessionState } from "./session-state.js";
import type { Subject, SubjectReply } from "./subject.js";

/** Puts to somebody in the room all that was said there since they last spoke. */
export function hear(
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
    present: session.present ?? [asker[session.condition.framing]],
    ...(before === 0 && session.scene !== undefined && { scene: session.scene }),
    said: state.room.slice(before).filter(({ by }) => by !== seat),
    meter,
    config,
  });
}
