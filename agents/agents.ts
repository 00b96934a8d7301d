import { emotion } from "./emotion/agent.js";
import { memory } from "./memory/agent.js";
import { thinking } from "./thinking/agent.js";
import { top } from "./top/agent.js";

/** The agents of the mind (paper, section 3.2.1). A further one is its own folder and a name in this list. */
export const builtInAgents = [top, thinking, emotion, memory] as const;
export type AgentId = (typeof builtInAgents)[number]["id"];
