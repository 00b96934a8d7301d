import { elicitAnswer, messageOf } from "./elicit-answer.js";
import { byInstrument } from "./instrument-fault.js";
import { partsOf, type SessionRuntime, type SessionState, type SessionUpdate } from "./session-state.js";

/** Words the next item and lets everyone speak whose turn comes before the subject's: by script, or by being asked. */
export async function present(state: SessionState, runtime: SessionRuntime): Promise<SessionUpdate> {
  const { plan, session, parties, scope, instrument } = partsOf(runtime);
  scope.nextItem();
  const item = byInstrument(partsOf(runtime), state.position, "word", () =>
    plan.item(session, state.position, state.samples),
  );
  const before = state.room.length;
  const room = [...state.room];
  const heard = { ...state.heard };
  for (const line of item.lines) {
    if ("text" in line) {
      room.push(line);
      continue;
    }
    const party = parties[line.by];
    if (!party) throw new Error(`The protocol asks ${line.by}, who is played by nobody.`);
    try {
      const now = { thread: state.thread, room, heard };
      const { text } = await elicitAnswer(party, line.by, {
        session,
        state: now,
        meter: scope.usage.confederates,
        config: runtime,
      });
      room.push({ by: line.by, text });
      heard[line.by] = room.length;
    } catch (error) {
      const outcome = {
        reply: null,
        error: `${line.by} could not answer: ${messageOf(error, runtime.signal)}`,
        ms: 0,
      };
      return { item, room, heard, outcome };
    }
  }
  const lines = room.slice(before);
  const asked = item.lines.some((line) => "ask" in line);
  const data = asked && instrument.heard ? instrument.heard(item, lines) : item.data;
  return { item: { ...item, lines, data }, room, heard, outcome: null };
}
