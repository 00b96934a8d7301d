import type { BaseMessage } from "@langchain/core/messages";
import { registry } from "@langchain/langgraph/zod";
import { z } from "zod";
import { mergeConversation } from "../../agents/merge-conversation.js";
import { isMessageLike } from "../../agents/mind.js";
import { SimulacraError } from "../../data/errors.js";

/**
 * The conversation as the server keeps it and Studio's chat shows it, whole; the same reducer as inside, so that a
 * history sent again is known. A zod object state is what Studio can make forms of (a StateSchema gives an empty one).
 */
export const studioMessages = (z.array(z.unknown()) as unknown as z.ZodType<BaseMessage[]>).register(
  registry,
  {
    reducer: { fn: mergeReadable },
    default: () => [],
    jsonSchemaExtra: { langgraph_type: "messages" },
  },
);

/** Refuses what cannot be read before the server keeps it: every later turn of the thread would fail on it. */
function mergeReadable(window: readonly BaseMessage[], sent: readonly BaseMessage[]): BaseMessage[] {
  if (!sent.every(isMessageLike))
    throw new SimulacraError(
      "invalid_input",
      "The input holds something that is not a message. Give a LangChain message or {role, content}, its content a text or a list of parts.",
      "user",
    );
  return mergeConversation(window, sent);
}
