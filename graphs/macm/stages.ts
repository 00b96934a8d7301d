import { END, START, StateGraph } from "@langchain/langgraph";
import { agentNode } from "../../agents/agent.js";
import { builtInAgents } from "../../agents/agents.js";
import { beginTurn } from "../../agents/memory/begin-turn.js";
import { remember } from "../../agents/memory/remember.js";
import { type MindState, type MindUpdate, mindState, outputOf, TurnInput } from "../../agents/mind.js";
import { fromTheMind, respond } from "../../agents/top/respond.js";
import type { AgentDependencies } from "../../agents/turn.js";
import { throughGuard } from "../through-guard.js";

/** Nodes of the agents that are not of the paper: they work beside Thinking and Emotion. */
export const addedNodes = ({ agents }: AgentDependencies): string[] =>
  agents.filter((agent) => !builtInAgents.some(({ id }) => id === agent.id)).map(({ node }) => node);

/**
 * The graph of these stages: nodes of one stage do not wait for each other, and a stage begins when the one before is
 * over. The node of an agent that was left out is passed over. A second node of an agent is named after it: `recall_again`.
 */
export function inStages(deps: AgentDependencies, figure: readonly (readonly string[])[]) {
  const nodes = new Map(agentNodes(deps))
    .set("respond", { run: respond(deps, fromTheMind(deps)) })
    .set("remember", { run: remember(deps) });
  const stages = figure.map((names) => names.filter((name) => nodes.has(name))).filter((names) => names[0]);
  const graph = new StateGraph({ state: mindState(deps.agents), input: TurnInput, output: outputOf(deps) })
    .addNode("begin_turn", beginTurn(deps))
    .addEdge(START, "begin_turn");
  const wiring = graph as unknown as NodesByName;
  for (const [name, { run, metadata = {} }] of nodes)
    if (stages.flat().includes(name)) wiring.addNode(name, run, { metadata });
  stages.slice(1).forEach((names, place) => {
    for (const name of names) wiring.addEdge(stages[place] ?? [], name);
  });
  wiring.addEdge("remember", END);
  return throughGuard(graph, stages[0] ?? ["respond"], deps);
}

/** As much of a StateGraph as wiring by name needs. */
interface NodesByName {
  addNode(name: string, run: StageNode["run"], options: { metadata: object }): unknown;
  addEdge(from: string | string[], to: string): unknown;
}

interface StageNode {
  run: (state: MindState, config: Parameters<ReturnType<typeof respond>>[1]) => Promise<MindUpdate>;
  /** For traces: whose node it is, and what it writes. */
  metadata?: object;
}

const agentNodes = (deps: AgentDependencies): [string, StageNode][] =>
  deps.agents.flatMap((agent) => {
    const { id, does, writes, shown } = agent;
    const metadata = addedNodes(deps).includes(agent.node) && {
      agent: id,
      part: writes.key,
      does,
      title: shown.title,
    };
    const node = { run: agentNode(agent, deps), ...(metadata && { metadata }) };
    return [agent.node, `${agent.node}_again`].map((name): [string, StageNode] => [name, node]);
  });
