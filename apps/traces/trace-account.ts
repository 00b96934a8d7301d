import type { TraceFile, TraceProblem } from "./read-trace.js";
import { runsOfTrace } from "./runs-of-trace.js";
import type { RunLine } from "./trace-line.js";
import { effort, type TracedRun } from "./traced-run.js";

/** One conversation, with the work between its turns; or, without a thread, work that belongs to none. */
export interface TracedConversation {
  character: { id: string; name: string };
  method: string | undefined;
  /** Undefined for single questions, which belong to no conversation. */
  thread: string | undefined;
  runs: TracedRun[];
}

/** Everything that a trace file tells, ready to be shown. */
export interface TraceAccount {
  conversations: TracedConversation[];
  /** Story passages by the id that `passageId` gives. */
  passages: ReadonlyMap<string, { name: string; text: string }>;
  problems: TraceProblem[];
  bytes: number;
}

/** Puts the lines of a file together: conversations in the order in which they began. */
export function traceAccount({ lines, problems, bytes }: TraceFile): TraceAccount {
  const names = new Map(lines.flatMap((line) => (line.type === "character" ? [[line.id, line.name]] : [])));
  const passages = new Map(lines.flatMap((line) => (line.type === "passage" ? [[line.id, line]] : [])));
  const runs = runsOfTrace(
    lines.filter((line): line is RunLine => !["character", "passage"].includes(line.type)),
  );
  const conversations = new Map<string, TracedConversation>();
  /** The conversation of each character's last run. */
  const latest = new Map<string, TracedConversation>();
  for (const run of runs) {
    const character = { id: run.character, name: names.get(run.character) ?? run.character };
    // Consolidation belongs to the conversation that it follows: the program tells a trace of no other.
    const home = run.kind === "consolidation" ? latest.get(run.character) : undefined;
    const thread = run.thread?.startsWith("stateless:") ? undefined : run.thread;
    const key = JSON.stringify([run.character, run.kind === "turn" ? run.method : run.kind, thread]);
    const found = home ?? conversations.get(key) ?? { character, method: run.method, thread, runs: [] };
    found.runs.push(run);
    if (!home) conversations.set(key, found);
    latest.set(run.character, found);
  }
  return { conversations: [...conversations.values()], passages, problems, bytes };
}

/** The account in numbers: the JSON of `simulacra trace`. */
export function traceSummary({ conversations, problems, bytes }: TraceAccount) {
  const runs = conversations.flatMap((conversation) => conversation.runs);
  const efforts = runs.map(effort);
  const sum = (key: "calls" | "inputTokens" | "outputTokens") =>
    efforts.reduce((before, one) => before + one[key], 0);
  return {
    conversations: conversations.length,
    turns: runs.filter(({ kind }) => kind === "turn").length,
    consolidations: runs.filter(({ kind }) => kind === "consolidation").length,
    constructions: runs.filter(({ kind }) => kind === "construction").length,
    calls: sum("calls"),
    tokens: {
      input: sum("inputTokens"),
      output: sum("outputTokens"),
      counted: efforts.some(({ counted }) => counted),
    },
    bytes,
    problems,
  };
}
