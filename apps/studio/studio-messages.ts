import type { BaseMessage } from "@langchain/core/messages";
import { registry } from "@langchain/langgraph/zod";
import { z } from "zod";
import { mergeConversation } from "../../agents/merge-conversation.js";

/**
 * The conversation as the server keeps it and Studio's chat shows it, whole; the same reducer as inside, so that a
 * history sent again is known. A zod object state is what Studio can make forms of (a StateSchema gives an empty one).
 */
export const studioMessages = (z.array(z.unknown()) as unknown as z.ZodType<BaseMessage[]>).register(
  registry,
  {
    reducer: { fn: mergeConversation },
    default: () => [],
    jsonSchemaExtra: { langgraph_type: "messages" },
  },
);
