import type { RoleUsage } from "../../../models/index.js";
import type { Sample } from "../contract.js";
import { groupBy } from "../grouping.js";
import type { Superseded } from "../ledger.js";
import { costOf, modelOfRole, type PriceTable, type RoleModels } from "../prices.js";
import { addedUp } from "../usage-by-role.js";
import { conditionId } from "./conditions.js";
import type { Results, UsageResult } from "./results.js";

interface Entry {
  condition: string | null;
  /** Model of the condition; null where the condition is not known. */
  voice: string | null;
  role: string;
  usage: RoleUsage;
  superseded: boolean;
}

/** Calls and tokens by condition and role, what broken sessions cost counted in; money only at the user's prices. */
export function usageOf(
  samples: readonly Sample[],
  superseded: readonly Superseded[],
  prices: PriceTable | null,
  roleModels: RoleModels,
): Pick<Results, "usage" | "money"> {
  const conditionOfSession = new Map(samples.map(({ session, condition }) => [session, condition]));
  const entriesOf = (usage: Sample["usage"], condition: Sample["condition"] | undefined, again: boolean) =>
    Object.entries(usage).map(
      ([role, usage]): Entry => ({
        condition: condition ? conditionId(condition) : null,
        voice: condition?.model ?? null,
        role,
        usage,
        superseded: again,
      }),
    );
  const entries = [
    ...samples.flatMap(({ usage, condition }) => entriesOf(usage, condition, false)),
    ...superseded.flatMap(({ key, usage }) => entriesOf(usage, conditionOfSession.get(sessionOf(key)), true)),
  ];
  const groups = groupBy(entries, ({ condition, role }) => JSON.stringify([condition, role]));
  const usage = [...groups.values()]
    .map((group) => rowOf(group, prices, roleModels))
    .sort((a, b) => compared(a.condition ?? "", b.condition ?? "") || compared(a.role, b.role));
  return { usage, money: prices ? moneyOf(usage, prices) : null };
}

/** A sample's key is its session's and its position there. */
export const sessionOf = (key: string): string => key.slice(0, key.lastIndexOf("/"));

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function rowOf(entries: readonly Entry[], prices: PriceTable | null, roleModels: RoleModels): UsageResult {
  const [first] = entries;
  const sum = addedUp(entries.map(({ usage }) => usage));
  const voice = first?.voice;
  const again = entries.filter(({ superseded }) => superseded);
  const cost = voice && prices ? costOf({ [first.role]: sum }, voice, roleModels, prices) : undefined;
  return {
    condition: first?.condition ?? null,
    role: first?.role ?? "",
    model: voice ? modelOfRole(first.role, voice, roleModels) : null,
    ...sum,
    supersededCalls: again.reduce((calls, { usage }) => calls + usage.calls, 0),
    cost: cost ?? null,
  };
}

function moneyOf(usage: readonly UsageResult[], { currency }: PriceTable): Results["money"] {
  const without = usage.filter(
    ({ cost, inputTokens, outputTokens }) => cost === null && inputTokens + outputTokens > 0,
  );
  return {
    currency,
    amount: usage.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
    notPriced: [...new Set(without.map(({ model, role }) => model ?? `the model of the ${role}`))].sort(),
  };
}
