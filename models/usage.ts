import type { BaseMessage } from "@langchain/core/messages";
import { reportedUsage } from "./message-copy.js";
import { messageText } from "./message-text.js";
import { countMessageTokens, countTokens } from "./token-count.js";

/** Calls and tokens of one role, or of all. A repeated question (re-ask) is not a call; its tokens count. */
export interface RoleUsage {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  reasks: number;
}

/** What a meter has counted, in sum and by role. */
export interface Usage extends RoleUsage {
  byRole: Record<string, RoleUsage>;
}

/** Tokens of one call. `estimated` where the server reported none and they were counted with cl100k. */
export interface CallUsage {
  inputTokens: number;
  outputTokens: number;
  estimated: boolean;
}

const nothing = (): RoleUsage => ({ calls: 0, inputTokens: 0, outputTokens: 0, reasks: 0 });

/** Adds up the usage of model calls by role ("top", "thinking", "judge" ...). */
export class UsageMeter {
  #total = nothing();
  #byRole = new Map<string, RoleUsage>();

  /** Counts one call, or one re-ask when `usage.reask`. */
  record(role: string, usage: { inputTokens: number; outputTokens: number; reask?: boolean }): void {
    let ofRole = this.#byRole.get(role);
    if (!ofRole) {
      ofRole = nothing();
      this.#byRole.set(role, ofRole);
    }
    for (const sum of [this.#total, ofRole]) {
      sum[usage.reask ? "reasks" : "calls"] += 1;
      sum.inputTokens += usage.inputTokens;
      sum.outputTokens += usage.outputTokens;
    }
  }

  /** A copy of the sums so far. */
  snapshot(): Usage {
    const byRole = Object.fromEntries([...this.#byRole].map(([role, sum]) => [role, { ...sum }]));
    return { ...this.#total, byRole };
  }

  /** Starts again from zero. */
  reset(): void {
    this.#total = nothing();
    this.#byRole.clear();
  }
}

/** Tokens of one call as the server reported them, else counted. */
export function usageOf(prompt: readonly BaseMessage[], reply: BaseMessage): CallUsage {
  const reported = reportedUsage(reply);
  if (reported && reported.input_tokens + reported.output_tokens > 0) {
    return { inputTokens: reported.input_tokens, outputTokens: reported.output_tokens, estimated: false };
  }
  return {
    inputTokens: countMessageTokens(prompt),
    outputTokens: countTokens(messageText(reply)),
    estimated: true,
  };
}
