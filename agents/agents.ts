import type { AgentDescriptor } from "./agent.js";
import { emotion } from "./emotion/agent.js";
import { memory } from "./memory/agent.js";
import { thinking } from "./thinking/agent.js";
import { top } from "./top/agent.js";

/** The agents of the mind (paper, section 3.2.1). A further one is its own folder and a name in this list. */
export const builtInAgents = [top, thinking, emotion, memory] as const;
export type AgentId = (typeof builtInAgents)[number]["id"];

/** Title and text under which a part of a mind is shown; of an agent that a host added, its key and what there is. */
export function shownPart(key: string, part: unknown): [title: string, text: string] {
  const agent: AgentDescriptor | undefined = builtInAgents.find(({ writes }) => writes.key === key);
  if (agent) return [agent.shown.title, agent.shown.text(part)];
  return [key, typeof part === "string" ? part : JSON.stringify(part, null, 1)];
}
