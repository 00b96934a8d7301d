import { type BaseMessage, isBaseMessage } from "@langchain/core/messages";
import type { Run } from "@langchain/core/tracers/base";
import { builtInAgents } from "../../agents/agents.js";
import { textOf } from "../../agents/conversation.js";
import { messagesIn } from "../../agents/mind.js";
import { type RunLine, runLineSchema, TRACE_VERSION, type TracedMessage } from "./trace-line.js";

/** Results of nodes that tell of the mind, of memory and of guards. The rest is the conversation over again. */
const toldResults = [
  ...builtInAgents.map(({ writes }) => writes.key),
  "passages",
  "mood",
  "faults",
  "degraded",
  "guard",
  "refusal",
  "content",
  "reasoning",
  "summary",
  "memory",
  "outdated",
];

/** Metadata that says what a run belongs to. Only names listed here are written: a host may keep anything in it. */
const toldMetadata =
  /^(?:kind|character|method|wiring|model|agentModel|thread_id|role|reask|promptVersions|agent|part|does|title|langgraph_node|ls_model_name|instrument|item|repeat)$/u;

/** A finished run as a line of the trace. */
export function lineOfRun(run: Run): RunLine {
  const started = Number(run.start_time);
  const type = runLineSchema.shape.type.safeParse(run.run_type);
  return {
    v: TRACE_VERSION,
    type: type.success ? type.data : "chain",
    id: run.id,
    parent: run.parent_run_id ?? null,
    trace: run.trace_id ?? run.id,
    name: run.name,
    startedAt: new Date(started).toISOString(),
    ms: Math.max(0, Number(run.end_time) - started),
    // The first line says what happened; what follows is a stack.
    ...(run.error !== undefined && { error: String(run.error).split("\n", 1)[0] ?? "" }),
    tags: run.tags ?? [],
    metadata: metadataOf(run),
    ...(run.run_type === "llm" ? modelCall(run) : nodeResult(run)),
  };
}

function metadataOf(run: Run): RunLine["metadata"] {
  const all: unknown = run.extra?.metadata;
  if (typeof all !== "object" || all === null) return {};
  const root = run.parent_run_id === undefined;
  const told = Object.entries(all).filter(
    (entry): entry is [string, string | number | boolean] =>
      toldMetadata.test(entry[0]) &&
      ["string", "number", "boolean"].includes(typeof entry[1]) &&
      (root || entry[0] !== "promptVersions"),
  );
  return Object.fromEntries(told);
}

function modelCall(run: Run): Partial<RunLine> {
  const batch: unknown = run.inputs.messages;
  const messages = Array.isArray(batch) ? batch.flat().filter(isBaseMessage) : [];
  const generation: unknown = run.outputs?.generations?.[0]?.[0];
  const reply =
    typeof generation === "object" && generation !== null && "message" in generation
      ? generation.message
      : undefined;
  if (!isBaseMessage(reply)) return { messages: messages.map(asTraced) };
  const usage = runLineSchema.shape.usage.safeParse("usage_metadata" in reply ? reply.usage_metadata : null);
  return {
    messages: messages.map(asTraced),
    text: textOf(reply),
    ...(usage.success && usage.data !== undefined && { usage: usage.data }),
  };
}

const asTraced = (message: BaseMessage): TracedMessage => ({
  role: message.getType(),
  ...(message.name !== undefined && { name: message.name }),
  content: textOf(message),
});

/** What a node of a graph gave; of the graph's start, what it was told and by whom. */
function nodeResult(run: Run): Partial<RunLine> {
  if (run.name === "__start__") {
    const { said, ...others } = asInput(run.inputs);
    // What a guard takes out is written nowhere: what was heard is told by the guard's own node.
    return { output: run.extra?.metadata?.guarded === true ? others : { said, ...others } };
  }
  const result = run.outputs ?? {};
  if (run.name === "check_stimulus") {
    // Without a verdict nothing passes, not to a file either.
    if (run.error !== undefined) return {};
    const { said } = asInput(result.messages === undefined ? run.inputs : { messages: messagesIn(result) });
    return { output: { said, ...(result.guard !== undefined && { guard: result.guard }) } };
  }
  const part: unknown = run.extra?.metadata?.part;
  const told = [...toldResults, ...(typeof part === "string" ? [part] : [])].flatMap((key) =>
    key in result ? [[key, result[key]] as const] : [],
  );
  const account = moodAfter(result);
  // Nodes end a turn by emptying the mind: what they empty says nothing.
  const said = [...told, ...account].filter(([, value]) => value !== null && value !== undefined);
  const answer = answerIn(result);
  if (said.length === 0 && answer === undefined) return {};
  return { output: { ...Object.fromEntries(said), ...(answer !== undefined && { answer }) } };
}

const moodAfter = ({ mind }: Record<string, unknown>): [string, unknown][] =>
  typeof mind === "object" && mind !== null && "mood" in mind ? [["mood", mind.mood]] : [];

/** The last words of a simulacrum among the messages that a node gave. */
function answerIn({ messages }: Record<string, unknown>): string | undefined {
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
  return isBaseMessage(last) && last.getType() === "ai" ? textOf(last) : undefined;
}

function asInput(inputs: Record<string, unknown>): Record<string, unknown> {
  const messages = Array.isArray(inputs.messages) ? inputs.messages.filter(isBaseMessage) : [];
  const last = messages.findLastIndex((message) => message.getType() === "ai");
  const people = [inputs.present, inputs.interlocutor]
    .flat()
    .filter((person) => typeof person === "object" && person !== null);
  return {
    said: messages
      .slice(last + 1)
      .filter((message) => message.getType() === "human")
      .map((message) => ({
        ...(message.name !== undefined && { name: message.name }),
        text: textOf(message),
      })),
    ...(people.length > 0 && { people }),
  };
}
