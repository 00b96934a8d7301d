import type { BaseCache } from "@langchain/core/caches";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { SimulacraError } from "../data/errors.js";
import { nearestName } from "../data/nearest-name.js";
import type { ClientOptions } from "./client-options.js";
import { timeLimitsIn } from "./client-time-limits.js";
import type { LlamaCppOptions } from "./llama-cpp/llama-cpp-chat-model.js";
import { modelFile } from "./llama-cpp/model-file.js";
import { loadPackage } from "./load-package.js";
import { clientOf } from "./model-client.js";
import { OfflineChatModel } from "./offline/offline-chat-model.js";
import { openAIAccess } from "./openai-access.js";
import { splitName } from "./provider-name.js";

/** Settings of a model by name; the rest are the client's. */
export interface ResolveOptions extends Omit<ClientOptions, "name"> {
  /** Where keys, base URLs and, where no option says other, time limits are read. @default process.env */
  env?: NodeJS.ProcessEnv;
  /** Sampling temperature of every call. @default what each call states */
  temperature?: number;
  /** Most tokens of every reply. @default what each call states */
  maxTokens?: number;
  /** Log-probabilities wanted: so many alternatives of each token (OpenAI's protocol). @default none */
  topLogprobs?: number;
  /** Cache of whole replies, in LangChain's form; asked where a reply is not streamed. @default none */
  cache?: BaseCache;
  /** Only of "llamacpp:FILE": size of its context, sequences, threads. */
  llamacpp?: Pick<LlamaCppOptions, "contextSize" | "sequences" | "threads">;
}

interface Provider {
  package: string;
  /** Name of the exported class. */
  className: string;
  /** Variables of which one must be set. */
  keys: readonly string[];
}

/** LangChain's own packages, loaded when asked for. */
const providers: Readonly<Record<string, Provider>> = {
  anthropic: { package: "@langchain/anthropic", className: "ChatAnthropic", keys: ["ANTHROPIC_API_KEY"] },
  "google-genai": {
    package: "@langchain/google-genai",
    className: "ChatGoogleGenerativeAI",
    keys: ["GOOGLE_API_KEY"],
  },
  mistralai: { package: "@langchain/mistralai", className: "ChatMistralAI", keys: ["MISTRAL_API_KEY"] },
  groq: { package: "@langchain/groq", className: "ChatGroq", keys: ["GROQ_API_KEY"] },
  cohere: { package: "@langchain/cohere", className: "ChatCohere", keys: ["COHERE_API_KEY"] },
  deepseek: { package: "@langchain/deepseek", className: "ChatDeepSeek", keys: ["DEEPSEEK_API_KEY"] },
  xai: { package: "@langchain/xai", className: "ChatXAI", keys: ["XAI_API_KEY"] },
  bedrock: { package: "@langchain/aws", className: "ChatBedrockConverse", keys: [] },
  "google-vertexai": { package: "@langchain/google-vertexai", className: "ChatVertexAI", keys: [] },
  ollama: { package: "@langchain/ollama", className: "ChatOllama", keys: [] },
};
const known = ["offline", "openai", "llamacpp", ...Object.keys(providers)];

type ModelClass = new (fields: Record<string, unknown>) => BaseChatModel;

async function openAI(
  model: string,
  name: string,
  fields: Record<string, unknown>,
  env: NodeJS.ProcessEnv,
): Promise<BaseChatModel> {
  const { ChatOpenAI } = await import("@langchain/openai");
  const { apiKey, baseURL } = openAIAccess(env, name);
  return new ChatOpenAI({ ...fields, model, apiKey, ...(baseURL && { configuration: { baseURL } }) });
}

async function otherProvider(
  provider: Provider,
  model: string,
  name: string,
  fields: Record<string, unknown>,
  env: NodeJS.ProcessEnv,
): Promise<BaseChatModel> {
  const loaded = await loadPackage(provider.package, `Model "${name}"`);
  const key = provider.keys.map((variable) => env[variable]).find((value) => value);
  if (provider.keys.length > 0 && !key) {
    throw new SimulacraError(
      "missing_key",
      `Model "${name}" needs ${provider.keys.join(" or ")}. Set it, or use SIMULACRA_MODEL=offline.`,
      "user",
      {
        variable: provider.keys[0],
      },
    );
  }
  const Class = loaded[provider.className] as ModelClass;
  return new Class({ ...fields, model, ...(key && { apiKey: key }) });
}

function unknownProvider(provider: string, name: string): SimulacraError {
  const nearest = nearestName(provider, known);
  const suggestion = nearest
    ? ` Did you mean "${nearest === "offline" ? "offline" : `${nearest}:MODEL`}"?`
    : "";
  return new SimulacraError(
    "unknown_model",
    `There is no model "${name}".${suggestion} A name is "offline" or "provider:model" with one of: ${known.slice(1).join(", ")}. Servers that speak OpenAI's protocol are openai:MODEL with OPENAI_BASE_URL.`,
    "user",
    { name, known },
  );
}

/**
 * A chat model by name, wrapped in the model client: "offline", "openai:gpt-4.1-mini" (with OPENAI_BASE_URL any
 * OpenAI-compatible server), "llamacpp:/path/to/model.gguf", or "provider:model" of an installed LangChain package.
 * No call is made.
 * @throws SimulacraError unknown_model, missing_key, missing_package, invalid_option
 */
export async function resolveChatModel(name: string, options: ResolveOptions = {}): Promise<BaseChatModel> {
  const { env = process.env, temperature, maxTokens, topLogprobs, cache, llamacpp, ...given } = options;
  const clientOptions = { ...timeLimitsIn(env), ...given };
  const { provider, model } = splitName(name);
  const client = { ...clientOptions, name: `${provider}:${model}` };
  if (provider === "offline" && model === "")
    return clientOf(new OfflineChatModel(), { ...clientOptions, name: "offline" });
  const isKnown = known.includes(provider) && provider !== "offline";
  if (!isKnown || model === "") throw unknownProvider(provider, name);
  const fields = {
    maxRetries: 0,
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(topLogprobs !== undefined && { logprobs: true, topLogprobs }),
    ...(cache && { cache }),
  };
  if (provider === "openai") {
    return clientOf(await openAI(model, name, fields, env), client);
  }
  if (provider === "llamacpp") {
    const made = await modelFile(model, {
      ...llamacpp,
      ...(temperature !== undefined && { temperature }),
      ...(maxTokens !== undefined && { maxTokens }),
    });
    return clientOf(made, { enforcesJsonSchema: true, ...client });
  }
  const made = await otherProvider(providers[provider] as Provider, model, name, fields, env);
  return clientOf(made, client);
}
