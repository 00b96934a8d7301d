import { SimulacraError } from "../data/errors.js";
import type { AgentDescriptor } from "./agent.js";
import { type AgentId, builtInAgents } from "./agents.js";
import { MindState } from "./mind.js";
import type { MethodFacts } from "./turn.js";

/** The agents of a mind: by default those of the paper. */
export interface AgentChoice {
  /**
   * Agents of your own (`defineAgent`). Their nodes work beside Thinking and Emotion, their parts enter `mind` and, where
   * they speak to it, the voice's prompt.
   */
  add?: readonly AgentDescriptor[];
  /**
   * Agents left out (an ablation): without "top" memories are looked up by what was said, without "memory" nothing is
   * recalled though the turn is kept, without "thinking" there is no thought, without "emotion" the mood only fades.
   */
  without?: readonly AgentId[];
}

/** Nodes that are no agent's, in some wiring or method; and roles that are none. */
const otherNodes = ["begin_turn", "check_stimulus", "retrieve", "respond", "remember", "recall_again"];
const otherRoles = ["respond", "judge", "embeddings"];
const otherKeys = ["memories", "passages"];
/** Sections that the voice's prompt has anyway. */
const otherSections = ["facts", "self-description", "biography", "life-story-passages", "memories", "scene"];

/**
 * The agents at work.
 * @throws SimulacraError `invalid_option` for an agent to leave out that is not there, or one to add that clashes
 */
export function chosenAgents(
  choice: AgentChoice | undefined,
  method: MethodFacts,
): readonly AgentDescriptor[] {
  if (choice && !method.remembers)
    throw refused("agents", `the method "${method.id}" has no mind, so there are no agents to choose`);
  const { add = [], without = [] } = choice ?? {};
  const ids: readonly string[] = builtInAgents.map(({ id }) => id);
  for (const id of without)
    if (!ids.includes(id))
      throw refused(
        "agents.without",
        `expected ${ids.map((one) => `"${one}"`).join(" or ")}, but got "${id}"`,
      );
  const chosen: AgentDescriptor[] = [...builtInAgents];
  for (const agent of add) {
    checkAgent(agent, chosen);
    chosen.push(agent);
  }
  return chosen.filter(({ id }) => !(without as readonly string[]).includes(id));
}

/** Of the agents of the paper those that are not at work. */
export const leftOut = (agents: readonly AgentDescriptor[]): AgentId[] =>
  builtInAgents.map(({ id }) => id).filter((id) => !agents.some((agent) => agent.id === id));

function checkAgent(agent: AgentDescriptor, others: readonly AgentDescriptor[]): void {
  const given: Partial<AgentDescriptor> = agent ?? {};
  const { id, node, writes, act, shown, voice } = given;
  if (typeof act !== "function" || !writes || !shown || !node || typeof id !== "string")
    throw refused("agents.add", "expected agents as defineAgent takes them");
  const taken = [
    ["id", id, /^[a-z][a-z0-9-]*$/u, [...others.map((one) => one.id), ...otherRoles]],
    [
      "key",
      writes.key,
      /^[a-z][A-Za-z0-9_]*$/u,
      [
        ...others.flatMap((one) => [one.writes.key, one.node]),
        ...Object.keys(MindState.fields),
        ...otherKeys,
        node,
      ],
    ],
    [
      "node",
      node,
      /^[a-z][A-Za-z0-9_]*$/u,
      [
        ...others.flatMap((one) => [one.node, one.writes.key]),
        ...Object.keys(MindState.fields),
        ...otherNodes,
      ],
    ],
    [
      "section",
      voice?.section ?? `no-section-of-${id}`,
      /^[a-z][a-z0-9-]*$/u,
      [...others.map((one) => one.voice?.section), ...otherSections],
    ],
  ] as const;
  for (const [part, name, form, names] of taken) {
    if (!form.test(name))
      throw refused("agents.add", `the ${part} "${name}" of "${id}" does not fit ${form.source}`);
    if (names.includes(name))
      throw refused("agents.add", `the ${part} "${name}" of "${id}" is taken already`);
  }
}

const refused = (option: string, why: string) =>
  new SimulacraError("invalid_option", `Option ${option}: ${why}.`, "user", { option });
