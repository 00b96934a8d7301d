import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { reasonOf } from "../data/errors.js";
import { isInProcess } from "./in-process-chat-model.js";
import { asChunk } from "./message-copy.js";

/** How one reply is asked for. */
export interface Asking {
  messages: BaseMessage[];
  options: BaseChatModel["ParsedCallOptions"];
  /** Whether the reply is wanted as a stream. Else it is streamed only so that its time limits can be watched. */
  live: boolean;
  /** Tells the model the metadata of the run, and is heard by nobody: callbacks are the client's. */
  runManager?: CallbackManagerForLLMRun;
}

/** Asks a chat model once: its stream where it has one, else its whole reply as one chunk. */
export async function* readReply(
  model: BaseChatModel,
  { messages, options, live, runManager }: Asking,
  mayStream: boolean,
): AsyncGenerator<ChatGenerationChunk> {
  const canStream =
    mayStream &&
    model._streamResponseChunks !== BaseChatModel.prototype._streamResponseChunks &&
    !model.disableStreaming &&
    !Reflect.get(model, "logprobs");
  if (canStream && (live || !isInProcess(model))) {
    for await (const chunk of model._streamResponseChunks(messages, options, runManager)) {
      // LangChain drops the end reason where somebody listens to tokens.
      const finish_reason: unknown = chunk.generationInfo?.finish_reason;
      if (finish_reason != null) Object.assign(chunk.message.response_metadata, { finish_reason });
      yield chunk;
    }
    return;
  }
  const { generations } = await model._generate(messages, options, runManager).catch(endedEarly);
  const [generation] = generations;
  if (!generation) return;
  const message = asChunk(generation.message);
  // What a server says beside the reply (log-probabilities), which is dropped likewise.
  message.response_metadata = { ...generation.generationInfo, ...message.response_metadata };
  yield new ChatGenerationChunk({
    text: generation.text,
    message,
    ...(generation.generationInfo && { generationInfo: generation.generationInfo }),
  });
}

/** OpenAI's client throws where a reply that was to fit a schema, and was not streamed, has not come to its end. */
function endedEarly(error: unknown): ChatResult {
  const [, why] =
    /^Could not parse response content as the (length limit|request was rejected)/u.exec(reasonOf(error)) ??
    [];
  if (why === undefined) throw error;
  const finish_reason = why === "length limit" ? "length" : "content_filter";
  const message = new AIMessage({ content: "", response_metadata: { finish_reason } });
  return { generations: [{ text: "", message, generationInfo: { finish_reason } }] };
}

/** One chunk of many. Of metadata the last word counts, where LangChain would put strings one behind the other. */
export function joinChunks(chunks: readonly ChatGenerationChunk[]): ChatGenerationChunk {
  const response_metadata = Object.assign({}, ...chunks.map(({ message }) => message.response_metadata));
  const generationInfo = Object.assign({}, ...chunks.map((chunk) => chunk.generationInfo));
  for (const { message } of chunks) message.response_metadata = {};
  const [first, ...rest] = chunks;
  const whole = rest.reduce(
    (joined, chunk) => joined.concat(chunk),
    first ?? new ChatGenerationChunk({ text: "", message: new AIMessageChunk("") }),
  );
  whole.message.response_metadata = response_metadata;
  whole.generationInfo = generationInfo;
  return whole;
}
