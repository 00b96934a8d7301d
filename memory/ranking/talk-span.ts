import type { TimeSpan } from "./asked-time.js";

/** A longer silence than this ends a talk. */
const TALK_ENDS_AFTER_MS = 60 * 60_000;

/**
 * The first talk of all, or the last one before the present one (which has gone on without a longer silence until now).
 * @param told when the known memories were told, in milliseconds
 */
export function talkSpan(which: "first" | "last", told: readonly number[], now: Date): TimeSpan | undefined {
  const talks: TimeSpan[] = [];
  for (const at of [...told].filter((at) => at <= now.getTime()).sort((a, b) => a - b)) {
    const last = talks.at(-1);
    if (last && at - last.to <= TALK_ENDS_AFTER_MS) last.to = at + 1;
    else talks.push({ from: at, to: at + 1 });
  }
  if (which === "first") return talks[0];
  const present = talks.at(-1);
  const isPresent = present && now.getTime() - present.to <= TALK_ENDS_AFTER_MS;
  return isPresent && talks.length > 1 ? talks.at(-2) : present;
}
