import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import type { Serialized } from "@langchain/core/load/serializable";
import type { BaseMessage } from "@langchain/core/messages";
import type { LLMResult } from "@langchain/core/outputs";
import type { Character } from "../../data/index.js";
import type { Method } from "../../graphs/methods.js";
import { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";
import type { ModelClient } from "../../models/index.js";

/** One call of the model: which agent made it and what for, whether it was a second try, and its tokens. */
export interface ObservedCall {
  agent: string;
  act: string;
  reask: boolean;
  input: number;
  output: number;
  /** Tokens of the prompt that had been read before. */
  cached: number;
  text: string;
}

/** One turn: what was said, its calls, and what became of them; `error` where there was no answer. */
export interface ObservedTurn {
  said: string;
  answer: string;
  thought: string | null;
  degraded: string[];
  calls: ObservedCall[];
  seconds: number;
  error?: string;
}

/** Writes down every call of the model. */
class CallLog extends BaseCallbackHandler {
  override name = "small-model-calls";
  readonly calls: ObservedCall[] = [];
  readonly #asked = new Map<string, Pick<ObservedCall, "agent" | "act" | "reask">>();

  override handleChatModelStart(
    _model: Serialized,
    _messages: BaseMessage[][],
    run: string,
    _parent?: string,
    _extra?: object,
    _tags?: string[],
    metadata: Record<string, unknown> = {},
  ): void {
    const { agent = "?", act = "?" } = (metadata.simulacra ?? {}) as { agent?: string; act?: string };
    this.#asked.set(run, { agent, act, reask: metadata.reask === true });
  }

  override handleLLMEnd({ generations }: LLMResult, run: string): void {
    const asked = this.#asked.get(run);
    const reply = generations[0]?.[0];
    if (!asked || !reply) return;
    const { usage_metadata: usage } = ("message" in reply ? reply.message : {}) as {
      usage_metadata?: {
        input_tokens: number;
        output_tokens: number;
        input_token_details?: { cache_read?: number };
      };
    };
    this.calls.push({
      ...asked,
      input: usage?.input_tokens ?? 0,
      output: usage?.output_tokens ?? 0,
      cached: usage?.input_token_details?.cache_read ?? 0,
      text: reply.text,
    });
  }
}

/** Says the stimuli to a character, one after the other in one conversation, and observes every turn. */
export async function observedTalk(
  character: Character,
  method: Method,
  model: ModelClient,
  stimuli: readonly string[],
  onTurn: (turn: ObservedTurn) => void,
): Promise<ObservedTurn[]> {
  const person = await createSimulacrum({ character, method, model, embeddings: "lexical" });
  const turns: ObservedTurn[] = [];
  try {
    for (const said of stimuli) {
      const log = new CallLog({ raiseError: false });
      const began = Date.now();
      const turn: ObservedTurn = {
        said,
        answer: "",
        thought: null,
        degraded: [],
        calls: log.calls,
        seconds: 0,
      };
      try {
        const { answer, mind, degraded } = await person.ask(said, {
          thread: "small-model",
          interlocutor: { id: "visitor", name: "Robin" },
          callbacks: [log],
        });
        Object.assign(turn, { answer, degraded, thought: mind?.thought ?? null });
      } catch (error) {
        turn.error = error instanceof Error ? error.message : String(error);
      }
      turn.seconds = (Date.now() - began) / 1000;
      turns.push(turn);
      onTurn(turn);
    }
  } finally {
    await person.close();
  }
  return turns;
}
