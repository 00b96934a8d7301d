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
    voice: ofSubject.byRole[VOICE] ?? nothing,
    agents: addedUp(agents.map(([, usage]) => usage)),
    embeddings: total(embeddings.snapshot()),
    confederates: total(confederates.snapshot()),
  };
  return Object.fromEntries(Object.entries(roles).filter(([, { calls, reasks }]) => calls + reasks > 0));
}

const nothing: RoleUsage = { calls: 0, inputTokens: 0, outputTokens: 0, reasks: 0 };

/** Each count of a usage, with what it is called. */
const eachCount = (count: (name: keyof RoleUsage) => number): RoleUsage => ({
  calls: count("calls"),
  inputTokens: count("inputTokens"),
  outputTokens: count("outputTokens"),
  reasks: count("reasks"),
});

/** The sum of several usages. */
export const addedUp = (parts: readonly RoleUsage[]): RoleUsage =>
  eachCount((name) => parts.reduce((sum, part) => sum + part[name], 0));

/** A usage that is being added up, by role. */
export type UsageSum = Record<string, RoleUsage>;

/** Adds a usage to a sum, role by role, `times` over. */
export function addUsage(into: UsageSum, usage: UsageByRole, times = 1): void {
  for (const [role, part] of Object.entries(usage)) {
    const sum = into[role] ?? nothing;
    into[role] = eachCount((name) => sum[name] + part[name] * times);
  }
}

/** A usage in whole numbers. */
export const whole = (usage: UsageByRole): UsageByRole =>
  Object.fromEntries(
    Object.entries(usage).map(([role, part]) => [role, eachCount((name) => Math.round(part[name]))]),
  );

/** Chat calls of a sample, re-asks counted; embeddings are none. */
export function callsOf({ usage }: { usage: UsageByRole }): number {
  const { embeddings: _none, ...chat } = usage;
  const { calls, reasks } = addedUp(Object.values(chat));
  return calls + reasks;
}

const total = ({ byRole: _parts, ...sum }: Usage): RoleUsage => sum;
