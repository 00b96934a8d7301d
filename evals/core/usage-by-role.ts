import type { RoleUsage, Usage } from "../../models/index.js";
import type { UsageByRole } from "./contract.js";
import type { SessionScope } from "./session-scope.js";

/** In whose name calls are made: the subject's voice, its agents, embeddings, a judge, confederates played by simulacra. */
export type Role = "voice" | "agents" | "embeddings" | "judge" | "confederates";

/** The role of the node that speaks. */
const VOICE = "respond";

/** What an item cost, by role; a role that made no call is left out. */
export function usageByRole({ subject, confederates, embeddings }: SessionScope["usage"]): UsageByRole {
  const ofSubject = subject.snapshot();
  const agents = Object.entries(ofSubject.byRole).filter(([role]) => role !== VOICE);
  const roles: Record<Exclude<Role, "judge">, RoleUsage> = {
    voice: addedUp(ofSubject.byRole[VOICE] ? [ofSubject.byRole[VOICE]] : []),
    agents: addedUp(agents.map(([, usage]) => usage)),
    embeddings: total(embeddings.snapshot()),
    confederates: total(confederates.snapshot()),
  };
  return Object.fromEntries(Object.entries(roles).filter(([, { calls, reasks }]) => calls + reasks > 0));
}

/** The sum of several usages. */
export function addedUp(parts: readonly RoleUsage[]): RoleUsage {
  const sum = { calls: 0, inputTokens: 0, outputTokens: 0, reasks: 0 };
  for (const part of parts) {
    sum.calls += part.calls;
    sum.inputTokens += part.inputTokens;
    sum.outputTokens += part.outputTokens;
    sum.reasks += part.reasks;
  }
  return sum;
}

const total = ({ byRole: _parts, ...sum }: Usage): RoleUsage => sum;
