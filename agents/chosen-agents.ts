import { z } from "zod";
import { SimulacraError } from "../data/errors.js";
import type { AgentDescriptor } from "./agent.js";
import { type AgentId, builtInAgents } from "./agents.js";
import { MindState } from "./mind.js";
import { sectionNames } from "./section.js";
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

/** Names that an agent may not take: other nodes, roles, keys, and sections of the voice's prompt. */
const reserved = [
  ...["begin_turn", "check_stimulus", "retrieve", "respond", "remember", "recall_again"],
  ...["judge", "embeddings", "memories", "passages", ...Object.keys(MindState.fields)],
  ...sectionNames,
];
const namesOf = ({ id, node, writes, voice }: AgentDescriptor): string[] => [
  ...new Set([id, node, writes.key, ...(voice ? [voice.section] : [])]),
];

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

const text = z.string().min(1);
const aFunction = z.custom((value) => typeof value === "function");
const descriptorSchema = z.object({
  id: text,
  does: text,
  node: text,
  writes: z.object({ key: text, schema: z.looseObject({ safeParse: aFunction }) }),
  act: aFunction,
  voice: z.object({ section: text, text: aFunction }).optional(),
  shown: z.object({ title: text, text: aFunction }),
  whenItFails: text,
});

function checkAgent(agent: AgentDescriptor, others: readonly AgentDescriptor[]): void {
  if (!descriptorSchema.safeParse(agent).success)
    throw refused("agents.add", "expected agents as defineAgent takes them");
  const taken = [
    ...reserved,
    ...others.flatMap(namesOf),
    ...(agent.node === agent.writes.key ? [agent.node] : []),
  ];
  for (const name of namesOf(agent)) {
    const why = !/^[a-z][\w-]*$/iu.test(name)
      ? "is no name"
      : (taken.includes(name) || name in {}) && "is taken already";
    if (why) throw refused("agents.add", `“${name}” of the agent “${agent.id}” ${why}`);
  }
}

const refused = (option: string, why: string) =>
  new SimulacraError("invalid_option", `Option ${option}: ${why}.`, "user", { option });
