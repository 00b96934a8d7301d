import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { AgentAct } from "../agent-act.js";
import { InProcessChatModel } from "../in-process-chat-model.js";
import { answerTo } from "./answer.js";

/** Raised whenever the offline model would answer the same prompt otherwise: samples of different versions do not mix. */
export const OFFLINE_ANSWERS_VERSION = 2;

/**
 * A deterministic, extractive chat model for demonstrations. It holds no language model: it quotes the sentences of its
 * prompt that share the rarest words with the question, and says so where none do. It fills JSON Schemas and forced tool
 * calls with what it finds, and picks options that share most words with the prompt. No key, download or network.
 */
export class OfflineChatModel extends InProcessChatModel {
  readonly label = "offline";

  static override lc_name(): string {
    return "OfflineChatModel";
  }

  override _llmType(): string {
    return "offline";
  }

  override invocationParams(): Record<string, unknown> {
    return { answersVersion: OFFLINE_ANSWERS_VERSION };
  }

  /** Part of the key under which LangChain caches replies. */
  override _identifyingParams(): Record<string, unknown> {
    return this.invocationParams();
  }

  protected override answer(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    { act }: AgentAct,
  ): { reply: Promise<AIMessage> } {
    const { text, toolCall } = answerTo(messages, options, act);
    const message = new AIMessage({
      content: text,
      response_metadata: { finish_reason: toolCall ? "tool_calls" : "stop" },
      ...(toolCall && { tool_calls: [{ ...toolCall, id: "offline-call", type: "tool_call" as const }] }),
    });
    return { reply: Promise.resolve(message) };
  }
}
