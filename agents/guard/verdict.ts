import type { RunnableConfig } from "@langchain/core/runnables";
import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import type { MindState } from "../mind.js";
import { type AgentDependencies, peopleIn, threadOf } from "../turn.js";
import { GUARD_TIMEOUT_MS, type GuardAbout, type GuardCheck, type Verdict, verdictSchema } from "./guard.js";

/** One text, and which check it goes to. */
export interface ToCheck extends Pick<GuardAbout, "on" | "speaker" | "stimulus"> {
  check: GuardCheck;
  text: string;
}

/**
 * Asks the guard, within its time limit and the turn's own signal.
 * @throws SimulacraError `guard_failed` where no verdict came; `cancelled` where the turn was stopped meanwhile
 */
export async function verdictOn(
  { check, text, ...about }: ToCheck,
  deps: AgentDependencies,
  state: MindState,
  config: RunnableConfig,
): Promise<Verdict> {
  const ms = deps.guard?.timeoutMs ?? GUARD_TIMEOUT_MS;
  const end = new AbortController();
  const turn = config.signal;
  const given = async (): Promise<unknown> =>
    check(text, {
      ...about,
      character: { id: deps.character.id, name: deps.character.name },
      method: deps.method.id,
      thread: threadOf(config),
      people: peopleIn(state),
      signal: end.signal,
    });
  const ended = new Promise<never>((_, reject) => {
    end.signal.addEventListener("abort", () => reject(end.signal.reason), { once: true });
  });
  const stop = () =>
    end.abort(new SimulacraError("cancelled", "The turn was stopped before the guard had spoken.", "user"));
  const late = setTimeout(() => end.abort(guardFailed(about.on, `gave no verdict within ${ms} ms`)), ms);
  if (turn?.aborted) stop();
  turn?.addEventListener("abort", stop, { once: true });
  try {
    const verdict = verdictSchema.safeParse(await Promise.race([ended, given()]));
    if (verdict.success) return verdict.data as Verdict;
    const faults = verdict.error.issues.map(
      ({ path, message }) => `${path.join(".") || "verdict"}: ${message}`,
    );
    throw guardFailed(about.on, `gave something that is no verdict (${faults.join("; ")})`);
  } catch (error) {
    // A check that the end of the turn made fail has not failed by itself.
    if (end.signal.aborted) throw end.signal.reason;
    if (isSimulacraError(error)) throw error;
    throw guardFailed(about.on, "threw an error (its `cause` says which)", error);
  } finally {
    clearTimeout(late);
    turn?.removeEventListener("abort", stop);
  }
}

/** The message of a foreign error may hold the very words that are to be kept out: it is the cause, never part of ours. */
function guardFailed(on: GuardAbout["on"], how: string, cause?: unknown): SimulacraError {
  return new SimulacraError(
    "guard_failed",
    `The guard on the ${on} ${how}, so nothing was let through. Nothing of it is kept: say it again when the guard works.`,
    "environment",
    { on },
    cause === undefined ? undefined : { cause },
  );
}
