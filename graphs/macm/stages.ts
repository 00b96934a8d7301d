import type { RunnableConfig } from "@langchain/core/runnables";
import { END, StateGraph } from "@langchain/langgraph";
import { agentNode } from "../../agents/agent.js";
import { builtInAgents } from "../../agents/agents.js";
import { opening } from "../../agents/memory/attend.js";
import { remember } from "../../agents/memory/remember.js";
import { type MindState, type MindUpdate, mindState, outputOf, TurnInput } from "../../agents/mind.js";
import { fromTheMind, respond } from "../../agents/top/respond.js";
import type { AgentDependencies } from "../../agents/turn.js";
import { entrance } from "../entrance.js";

/** Nodes of the agents that are not of the paper: they work beside Thinking and Emotion. */
export const addedNodes = ({ agents }: AgentDependencies): string[] =>
  agents.filter((agent) => !builtInAgents.some(({ id }) => id === agent.id)).map(({ node }) => node);

/**
 * The graph of these stages: nodes of one stage do not wait for each other, and a stage begins when the one before is
 * over. The node of an agent that was left out is passed over. A second node of an agent is named after it: `recall_again`.
 */
export function inStages(deps: AgentDependencies, figure: readonly (readonly string[])[]) {
  const graph = new StateGraph({ state: mindState(deps.agents), input: TurnInput, output: outputOf(deps) });
  const nodes = new Map(agentNodes(deps))
    .set("begin_turn", { act: async () => ({}) })
    .set("respond", { act: respond(deps, fromTheMind(deps)) })
    .set("remember", { act: remember(deps) });
  const stages = figure.map((names) => names.filter((name) => nodes.has(name))).filter((names) => names[0]);
  // A turn begins in one node.
  if (stages[0]?.[1] !== undefined) stages.unshift(["begin_turn"]);
  const first = stages[0]?.[0] ?? "respond";
  const wiring = graph as unknown as Wiring;
  for (const name of stages.flat()) {
    const node = nodes.get(name);
    if (node) wiring.addNode(name, name === first ? opening(deps, node.act) : node.act, { ...node.options });
  }
  stages.slice(1).forEach((names, place) => {
    const [before = first, ...besides] = stages[place] ?? [];
    for (const name of names) wiring.addEdge(besides.length === 0 ? before : [before, ...besides], name);
  });
  wiring.addEdge("remember", END);
  return entrance(graph, first, deps);
}

/** As much of a StateGraph as wiring by name needs. */
interface Wiring {
  addNode(name: string, act: Act, options: { metadata?: object }): unknown;
  addEdge(from: string | string[], to: string): unknown;
}

type Act = (state: MindState, config: RunnableConfig) => Promise<MindUpdate>;

interface StageNode {
  act: Act;
  /** Of an added agent, for traces: whose node it is, what it does and writes. */
  options?: { metadata: object };
}

const agentNodes = (deps: AgentDependencies): [string, StageNode][] =>
  deps.agents.flatMap((agent) => {
    const { id, does, writes, shown } = agent;
    const metadata = { agent: id, part: writes.key, does, title: shown.title };
    const added = addedNodes(deps).includes(agent.node);
    const node = { act: agentNode(agent, deps), ...(added && { options: { metadata } }) };
    return [agent.node, `${agent.node}_again`].map((name): [string, StageNode] => [name, node]);
  });
