import type { RoleUsage } from "../../../models/index.js";
import type { Sample } from "../contract.js";
import { groupBy } from "../group-by.js";
import type { Superseded } from "../ledger.js";
import { addedUp } from "../usage-by-role.js";
import { conditionId } from "./conditions.js";
import type { Results, UsageResult } from "./results.js";

/** What a model costs, per million tokens; as the user states it. */
export interface Price {
  input: number;
  output: number;
  currency: string;
}
export type Prices = Readonly<Record<string, Price>>;

/** The model of a role, where it is another than the condition's; embeddings have none unless given. */
export type RoleModels = Readonly<Record<string, string>>;

interface Entry {
  condition: string | null;
  model: string | null;
  role: string;
  usage: RoleUsage;
  superseded: boolean;
}

/** Calls and tokens by condition and role, what broken sessions cost counted in; money only at the user's prices. */
export function usageOf(
  samples: readonly Sample[],
  superseded: readonly Superseded[],
  { prices, roleModels = {} }: { prices?: Prices | undefined; roleModels?: RoleModels | undefined },
): Pick<Results, "usage" | "money"> {
  const conditionOfSession = new Map(samples.map(({ session, condition }) => [session, condition]));
  const entriesOf = (usage: Sample["usage"], condition: Sample["condition"] | undefined, again: boolean) =>
    Object.entries(usage).map(
      ([role, usage]): Entry => ({
        condition: condition ? conditionId(condition) : null,
        model: roleModels[role] ?? (role === "embeddings" ? null : (condition?.model ?? null)),
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
    .map((group) => rowOf(group, prices))
    .sort((a, b) => compared(a.condition ?? "", b.condition ?? "") || compared(a.role, b.role));
  return { usage, money: prices ? moneyOf(usage) : null };
}

/** A sample's key is its session's and its place there. */
export const sessionOf = (key: string): string => key.slice(0, key.lastIndexOf("/"));

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function rowOf(entries: readonly Entry[], prices: Prices | undefined): UsageResult {
  const [first] = entries;
  const sum = addedUp(entries.map(({ usage }) => usage));
  const model = first?.model ?? null;
  const price = model === null ? undefined : prices?.[model];
  const again = entries.filter(({ superseded }) => superseded);
  return {
    condition: first?.condition ?? null,
    role: first?.role ?? "",
    model,
    ...sum,
    supersededCalls: again.reduce((calls, { usage }) => calls + usage.calls, 0),
    cost: price
      ? {
          amount: (sum.inputTokens * price.input + sum.outputTokens * price.output) / 1e6,
          currency: price.currency,
        }
      : null,
  };
}

function moneyOf(usage: readonly UsageResult[]): Results["money"] {
  const costs = usage.flatMap(({ cost }) => cost ?? []);
  const amounts = [...groupBy(costs, ({ currency }) => currency)].map(([currency, all]) => ({
    currency,
    amount: all.reduce((sum, { amount }) => sum + amount, 0),
  }));
  const without = usage.filter(
    ({ cost, inputTokens, outputTokens }) => !cost && inputTokens + outputTokens > 0,
  );
  const names = without.map(({ model, role }) => model ?? `the model of the ${role}`);
  return { amounts, notPriced: [...new Set(names)].sort() };
}
