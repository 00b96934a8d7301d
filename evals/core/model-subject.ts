import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { mergeConfigs } from "@langchain/core/runnables";
import { z } from "zod";
import { callText } from "../../models/index.js";
import { contentHash } from "./content-hash.js";
import { modelIdentity, PromptHash } from "./prompt-hash.js";
import type { Subject, SubjectReply, Turn } from "./subject.js";

/** As people are drawn from a group: by the model's own chances. */
const sampling = { maxTokens: 1024, temperature: 1 };

/** A bare chat model that is told whom it stands for, and nothing else: every turn is a call of its own. */
export class ModelSubject implements Subject {
  readonly version: string;
  readonly callsAnItem = 1;

  constructor(
    private readonly model: BaseChatModel,
    private readonly system: string,
  ) {
    this.version = contentHash({ model: modelIdentity(model), system, sampling });
  }

  async answer({ said, meter, config }: Turn): Promise<SubjectReply> {
    const prompt = new PromptHash();
    const { text, message, endReason } = await callText({
      model: this.model,
      messages: [
        ...(this.system === "" ? [] : [new SystemMessage(this.system)]),
        new HumanMessage(said.map((spoken) => spoken.text).join("\n")),
      ],
      role: "respond",
      act: "respond",
      ...sampling,
      meter,
      config: mergeConfigs(config, { callbacks: [prompt] }),
    });
    const logprobs = firstTokenLogprobs(message.response_metadata);
    return {
      text,
      ...(endReason === "length" && { ended: "cut" }),
      mind: null,
      degraded: [],
      promptHash: prompt.value,
      ...(logprobs && { logprobs }),
    };
  }

  async end(): Promise<void> {}
  async close(): Promise<void> {}
}

const alternative = z.object({ token: z.string(), logprob: z.number() });
/** The form of OpenAI's chat completions: one entry a token, each with its alternatives. */
const withLogprobs = z.object({
  logprobs: z.object({ content: z.array(z.object({ top_logprobs: z.array(alternative) })).min(1) }),
});

/** The alternatives of the first token, where the server gave any. */
function firstTokenLogprobs(metadata: unknown): z.infer<typeof alternative>[] | undefined {
  const read = withLogprobs.safeParse(metadata);
  return read.success ? read.data.logprobs.content[0]?.top_logprobs : undefined;
}
