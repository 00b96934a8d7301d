import { builtInAgents } from "../../agents/agents.js";
import { groupBy } from "../../evals/core/grouping.js";
import { countTokens } from "../../models/index.js";
import type { RunLine } from "./trace-line.js";
import { affectOf, resultsSchema, type TracedCall, type TracedRun, type TracedStep } from "./traced-run.js";

const turnNodes = new Set([
  "begin_turn",
  "check_stimulus",
  ...builtInAgents.flatMap(({ node }) => [node, `${node}_again`]),
  "retrieve",
  "respond",
  "remember",
]);
const consolidationNodes = new Set(["weigh", "construct", "compare", "keep"]);
const constructionNodes = new Set([
  "construct_content",
  "construct_feeling",
  "construct_reasoning",
  "summarise",
]);

/** Every turn, consolidation and construction in these lines, by the time at which it began. */
export function runsOfTrace(lines: readonly RunLine[]): TracedRun[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const children = groupBy(lines, ({ parent }) => parent ?? "");
  const groups = groupBy(lines.filter(isNode), ({ parent, trace }) => parent ?? trace);
  // A node that was at work when the program was stopped has no line: its finished calls belong to the run all the same.
  for (const call of lines.filter(({ type, parent }) => type === "llm" && !byId.has(parent ?? "")))
    if (!groups.has(call.trace)) groups.set(call.trace, []);
  const inside = (id: string) =>
    enclosing(id, byId).some((line) => isNode(line) && kindOf([line]) !== "turn");
  return [...groups]
    .filter(([id]) => !inside(id))
    .map(([id, nodes]) => runOf(id, nodes, lines, byId, children))
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

const isNode = ({ type, name, metadata }: RunLine): boolean =>
  type === "chain" &&
  metadata.langgraph_node === name &&
  (name === "__start__" ||
    turnNodes.has(name) ||
    metadata.agent !== undefined ||
    consolidationNodes.has(name) ||
    constructionNodes.has(name));

/** The runs that a run is part of, from the nearest out. */
function enclosing(id: string, byId: ReadonlyMap<string, RunLine>): RunLine[] {
  const found: RunLine[] = [];
  for (let at = byId.get(id); at?.parent; ) {
    at = byId.get(at.parent);
    if (at !== undefined) found.push(at);
  }
  return found;
}

function kindOf(nodes: readonly RunLine[]): TracedRun["kind"] {
  if (nodes.some(({ name }) => consolidationNodes.has(name))) return "consolidation";
  return nodes.some(({ name }) => constructionNodes.has(name)) ? "construction" : "turn";
}

function runOf(
  id: string,
  nodes: readonly RunLine[],
  lines: readonly RunLine[],
  byId: ReadonlyMap<string, RunLine>,
  children: ReadonlyMap<string, RunLine[]>,
): TracedRun {
  const root = byId.get(id);
  const orphans =
    root === undefined
      ? lines.filter((line) => line.trace === id && line.type === "llm" && !byId.has(line.parent ?? ""))
      : [];
  const all = [...nodes, ...orphans, ...(root ? [root] : [])];
  const begun = Math.min(...all.map(startOf));
  const told = (key: string) => all.map(({ metadata }) => metadata[key]).find((value) => value !== undefined);
  const tagged = (key: string) =>
    all
      .flatMap(({ tags }) => tags)
      .find((tag) => tag.startsWith(`${key}:`))
      ?.slice(key.length + 1);
  const text = (value: string | number | boolean | undefined) =>
    value === undefined ? undefined : String(value);
  const ordered = [...nodes].sort((a, b) => startOf(a) - startOf(b));
  const results = resultsSchema.parse(Object.assign({}, ...ordered.map(({ output }) => output ?? {})));
  const moods = ordered.map(({ output }) => affectOf(output?.mood));
  const steps = [
    ...ordered.filter(({ name }) => name !== "__start__").map((node) => stepOf(node, begun, children)),
    ...orphans.map((call) => unfinishedStep(call, begun)),
  ];
  // A turn begins and ends with faults emptied; those that were noted in between stand.
  const faults = Object.assign({}, ...ordered.map(({ output }) => withoutNulls(output?.faults)));
  const added = ordered.flatMap(({ metadata: { part, title }, output }) => {
    const own = output?.[String(part)];
    const words = typeof own === "string" ? own : JSON.stringify(own, null, 1);
    return title === undefined || own === undefined ? [] : [{ title: String(title), text: words }];
  });
  return {
    ...results,
    ...resultsSchema.pick({ faults: true }).parse({ faults }),
    kind: kindOf(nodes),
    id,
    character: text(told("character")) ?? tagged("character") ?? "somebody",
    method: text(told("method")) ?? tagged("method"),
    thread: text(told("thread_id")) ?? tagged("thread"),
    model:
      text(told("model")) ??
      steps.flatMap(({ calls }) => calls).find(({ role }) => role === "respond")?.model,
    startedAt: new Date(begun).toISOString(),
    ms: Math.max(...all.map((line) => startOf(line) + line.ms)) - begun,
    ended: root !== undefined,
    error: root?.error ?? nodes.find(({ error }) => error !== undefined)?.error,
    moodBefore: moods.find((mood) => mood !== undefined),
    moodAfter: affectOf(ordered.find(({ name }) => name === "remember")?.output?.mood),
    steps,
    added,
  };
}

const withoutNulls = (value: unknown): object =>
  Object.fromEntries(Object.entries(value ?? {}).filter(([, one]) => one !== null));

const startOf = ({ startedAt }: RunLine): number => Date.parse(startedAt);

function stepOf(node: RunLine, begun: number, children: ReadonlyMap<string, RunLine[]>): TracedStep {
  return {
    name: node.name,
    ...(node.metadata.does !== undefined && { does: String(node.metadata.does) }),
    offset: startOf(node) - begun,
    ms: node.ms,
    error: node.error,
    calls: callsBelow(node, children)
      .map((call) => callOf(call, begun))
      .sort((a, b) => a.offset - b.offset),
  };
}

const unfinishedStep = (call: RunLine, begun: number): TracedStep => ({
  name: String(call.metadata.langgraph_node ?? call.name),
  offset: startOf(call) - begun,
  ms: call.ms,
  error: undefined,
  calls: [callOf(call, begun)],
});

const callsBelow = (line: RunLine, children: ReadonlyMap<string, RunLine[]>): RunLine[] =>
  (children.get(line.id) ?? []).flatMap((child) =>
    child.type === "llm" ? [child] : callsBelow(child, children),
  );

function callOf(line: RunLine, begun: number): TracedCall {
  const messages = line.messages ?? [];
  const counted = line.usage === undefined;
  return {
    id: line.id,
    role: String(line.metadata.role ?? line.name),
    model: line.metadata.ls_model_name === undefined ? undefined : String(line.metadata.ls_model_name),
    offset: startOf(line) - begun,
    ms: line.ms,
    error: line.error,
    reask: line.metadata.reask === true,
    messages,
    text: line.text,
    tokens: {
      input: line.usage?.input_tokens ?? messages.reduce((sum, { content }) => sum + countTokens(content), 0),
      output: line.usage?.output_tokens ?? countTokens(line.text ?? ""),
    },
    counted,
  };
}
