import type { Line, Sample, SessionPlan } from "./contract.js";
import { byInstrument } from "./instrument-fault.js";
import {
  partsOf,
  type SessionParts,
  type SessionRuntime,
  type SessionState,
  type SessionUpdate,
} from "./session-state.js";
import { usageByRole } from "./usage-by-role.js";

/** Scores what was read and writes the sample; after an item without a reply the rest of the session is skipped. */
export async function score(state: SessionState, runtime: SessionRuntime): Promise<SessionUpdate> {
  const parts = partsOf(runtime);
  const { items } = parts.session;
  const sample = sampleOf(state, parts);
  const next = state.position + 1;
  // What would come after an item without a reply would be another experiment.
  const over = sample.status === "error";
  const written = over
    ? [sample, ...items.slice(next).map((_item, at) => skipped(parts, next + at))]
    : [sample];
  await Promise.all(written.map((each) => parts.record(each)));
  return { samples: [...state.samples, ...written], position: over ? items.length : next };
}

/** A sample that was not put, with what is known of it before. */
function unput(
  { key, session, instrument }: SessionParts,
  position: number,
): Omit<Sample, "status" | "reason"> {
  const item = session.items[position]?.id ?? "";
  const { subject, condition, repeat } = session;
  return {
    key: `${key}/${position}`,
    session: key,
    instrument: instrument.name,
    character: subject.kind === "simulacrum" ? subject.character : subject.id,
    condition,
    item,
    position,
    repeat,
    question: "",
    reply: null,
    answer: null,
    shown: null,
    keyShown: null,
    data: null,
    scores: null,
    mind: null,
    promptHash: null,
    usage: {},
    cachedCalls: 0,
    latencyMs: null,
    degraded: [],
    at: new Date().toISOString(),
  };
}

function sampleOf({ position, item, outcome, parsed }: SessionState, parts: SessionParts): Sample {
  const { scope, instrument } = parts;
  const reply = outcome?.reply ?? null;
  const answered = parsed?.status === "answered" ? parsed : null;
  const cachedCalls = scope.usage.cached.snapshot().calls;
  return {
    ...unput(parts, position),
    status: reply === null ? "error" : (parsed?.status ?? "unparsable"),
    reason: outcome?.error ?? (parsed && "reason" in parsed ? parsed.reason : null),
    question: spokenIn(parts.session, item?.lines ?? []),
    reply: reply?.text ?? null,
    keyShown: item?.key ?? null,
    data: item?.data ?? null,
    ...(answered &&
      item && {
        answer: answered.answer ?? null,
        shown: answered.shown,
        scores: byInstrument(parts, position, "score", () => instrument.score(answered.answer, item)),
      }),
    mind: reply?.mind ?? null,
    ...(reply?.logprobs && { logprobs: reply.logprobs }),
    promptHash: reply?.promptHash ?? null,
    usage: usageByRole(scope.usage),
    cachedCalls,
    latencyMs: reply !== null && cachedCalls === 0 ? (outcome?.ms ?? null) : null,
    degraded: [...(reply?.degraded ?? []), ...(scope.usage.embeddingsFailed ? ["embeddings"] : [])],
  };
}

/** What was said, with the speakers' names where several are there. */
function spokenIn({ interlocutors = [] }: SessionPlan, lines: readonly Line[]): string {
  const nameOf = (by: string) => interlocutors.find(({ id }) => id === by)?.name ?? by;
  const words = lines.map((line) => ({ by: line.by, text: "text" in line ? line.text : "(was asked)" }));
  return words.map(({ by, text }) => (interlocutors.length > 1 ? `${nameOf(by)}: ${text}` : text)).join("\n");
}

const skipped = (parts: SessionParts, position: number): Sample => ({
  ...unput(parts, position),
  status: "skipped",
  reason: "An earlier item of the session ended in error.",
});
