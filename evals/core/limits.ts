import { CONTEXT_TOKENS } from "../../agents/prompt-budget.js";
import type { Sample, SubjectPlan } from "./contract.js";
import type { PendingSession } from "./pending-sessions.js";
import { costOf, highestCost, type PriceTable, type RoleModels } from "./prices.js";
import { callsOf } from "./usage-by-role.js";

/** What one command may spend at most. */
interface LimitOptions {
  /** Calls of chat models, re-asks counted. */
  maxCalls?: number;
  /** In the currency of the price table. */
  maxCost?: number;
  prices?: PriceTable;
  roleModels: RoleModels;
}

/** Tokens of a call, prompt and reply, that the cost limit reckons with until a costlier call was seen. */
const CALL_TOKENS = CONTEXT_TOKENS;

/** A call whose reply is empty or does not fit is asked once more. */
const ASKED_AT_MOST = 2;

interface Spending {
  calls: number;
  cost: number;
}

/**
 * Decides whether a session may begin: only if the most that it can take still fits beside what was spent and what the
 * sessions under way can still take. Replies from the cache are no calls.
 */
export class SpendingLimits {
  readonly spent: Spending = { calls: 0, cost: 0 };
  readonly #options: LimitOptions;
  /** What sessions under way can still take. */
  readonly #underWay = new Map<string, { itemsLeft: number; item: Spending }>();
  #costliestCall = 0;

  constructor(options: LimitOptions) {
    this.#options = options;
  }

  /** Null where the session may begin, and is then reckoned with; else the reason to stop. */
  mayBegin({ key, session, subject, parties }: PendingSession): string | null {
    const item = this.#most(session.subject, ASKED_AT_MOST * subject.callsAnItem);
    for (const [seat, party] of Object.entries(parties)) {
      const plan = session.parties?.[seat];
      if (!plan) continue;
      const more = this.#most(plan, ASKED_AT_MOST * party.callsAnItem);
      item.calls += more.calls;
      item.cost += more.cost;
    }
    const begun = { itemsLeft: session.items.length, item };
    const reserved = [...this.#underWay.values(), begun].reduce(
      (sum, each) => ({
        calls: sum.calls + each.itemsLeft * each.item.calls,
        cost: sum.cost + each.itemsLeft * each.item.cost,
      }),
      { calls: 0, cost: 0 },
    );
    const { maxCalls = Infinity, maxCost = Infinity, prices } = this.#options;
    if (this.spent.calls + reserved.calls > maxCalls)
      return `The limit of ${maxCalls} model calls is reached: ${this.spent.calls} were made, and the next session may take ${begun.itemsLeft * item.calls} with every re-ask, more than are left.`;
    if (this.spent.cost + reserved.cost > maxCost)
      return `The limit of ${maxCost} ${prices?.currency ?? ""} is reached: ${this.spent.cost.toFixed(4)} were spent, and the next session may take more than is left.`;
    this.#underWay.set(key, begun);
    return null;
  }

  /** Enters what a sample took. */
  note(sample: Sample): void {
    const { roleModels, prices } = this.#options;
    const calls = callsOf(sample);
    const paid = Math.max(0, calls - sample.cachedCalls);
    this.spent.calls += paid;
    if (prices && paid > 0) {
      const { model } = sample.condition;
      const cost = costOf(sample.usage, model, roleModels, prices) ?? this.#most({ model }, calls).cost;
      this.spent.cost += cost;
      this.#costliestCall = Math.max(this.#costliestCall, cost / calls);
    }
    const session = this.#underWay.get(sample.session);
    if (!session) return;
    session.itemsLeft--;
    if (session.itemsLeft <= 0) this.#underWay.delete(sample.session);
  }

  /** The most that one item put to this subject can take. */
  #most({ model }: Pick<SubjectPlan, "model">, calls: number): Spending {
    const { prices, roleModels } = this.#options;
    if (!prices) return { calls, cost: 0 };
    const voice = Math.max(this.#costliestCall, highestCost(CALL_TOKENS, model, prices));
    const agent = Math.max(
      this.#costliestCall,
      highestCost(CALL_TOKENS, roleModels.agentModel ?? model, prices),
    );
    return { calls, cost: voice + (calls - 1) * agent };
  }
}
