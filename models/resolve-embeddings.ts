import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { SimulacraError } from "../data/errors.js";
import { nearestName } from "../data/nearest-name.js";
import { EnergeticEmbeddings, energeticDimensions, energeticIsInstalled } from "./energetic-embeddings.js";
import { LexicalEmbeddings } from "./lexical-embeddings.js";
import { loadPackage } from "./load-package.js";
import { NamedEmbeddings } from "./named-embeddings.js";
import { openAIAccess } from "./openai-access.js";
import { splitName } from "./provider-name.js";

/** An embedding model and the id of its space (model and dimensions): vectors of two ids are never compared. */
export interface ResolvedEmbeddings {
  embeddings: EmbeddingsInterface;
  id: string;
}

/** Dimensions of OpenAI's models; of others one text is embedded to learn them. */
const openAIDimensions: Readonly<Record<string, number>> = {
  "text-embedding-3-small": 1536,
  "text-embedding-3-large": 3072,
  "text-embedding-ada-002": 1536,
};
const names = ["energetic", "lexical", "openai:MODEL", "transformers:MODEL"];

async function withMeasuredId(
  name: string,
  inner: EmbeddingsInterface,
  known?: number,
): Promise<ResolvedEmbeddings> {
  const embeddings = new NamedEmbeddings(name, inner);
  return { embeddings, id: `${name}-${known ?? (await embeddings.embedQuery("one")).length}` };
}

async function openAIEmbeddings(model: string, env: NodeJS.ProcessEnv): Promise<ResolvedEmbeddings> {
  const { OpenAIEmbeddings } = await import("@langchain/openai");
  const access = openAIAccess(env, `openai:${model}`);
  const embeddings = new OpenAIEmbeddings({
    model,
    apiKey: access.apiKey,
    maxRetries: 2,
    // Without it base64 is asked for, which some servers ignore: the vectors then come out empty.
    encodingFormat: "float",
    timeout: 60_000,
    ...(access.baseURL && { configuration: { baseURL: access.baseURL } }),
  });
  return withMeasuredId(`openai:${model}`, embeddings, access.official ? openAIDimensions[model] : undefined);
}

async function transformersEmbeddings(model: string): Promise<ResolvedEmbeddings> {
  const purpose = `Embeddings "transformers:${model}"`;
  const install = "@langchain/community @huggingface/transformers";
  await loadPackage("@huggingface/transformers", purpose, install);
  const loaded = await loadPackage(
    "@langchain/community/embeddings/huggingface_transformers",
    purpose,
    install,
  );
  const Class = loaded.HuggingFaceTransformersEmbeddings as new (fields: {
    model: string;
  }) => EmbeddingsInterface;
  return withMeasuredId(`transformers:${model}`, new Class({ model }));
}

/**
 * An embedding model by name: `energetic` (in-process sentence encoder), `lexical` (hashed words, 384 dimensions),
 * `openai:MODEL` (any OpenAI-compatible server), `transformers:MODEL` (downloads its model). Without a name: energetic
 * where it is installed, else lexical.
 * @throws SimulacraError unknown_model, missing_key, missing_package
 */
export async function resolveEmbeddings(
  name?: string,
  options: { env?: NodeJS.ProcessEnv } = {},
): Promise<ResolvedEmbeddings> {
  const wanted = name?.trim() ? name.trim() : energeticIsInstalled() ? "energetic" : "lexical";
  const { provider, model } = splitName(wanted);
  if (provider === "lexical" && model === "") {
    return { embeddings: new LexicalEmbeddings(), id: `lexical-${LexicalEmbeddings.dimensions}` };
  }
  if (provider === "energetic" && model === "") {
    const embeddings = new EnergeticEmbeddings();
    await embeddings.embedQuery("one");
    return { embeddings, id: `energetic-use-lite-${energeticDimensions}` };
  }
  if (provider === "openai" && model !== "") return openAIEmbeddings(model, options.env ?? process.env);
  if (provider === "transformers" && model !== "") return transformersEmbeddings(model);
  const nearest = nearestName(provider, ["energetic", "lexical", "openai", "transformers"]);
  const meant = nearest && names.find((known) => known.startsWith(nearest));
  throw new SimulacraError(
    "unknown_model",
    `There are no embeddings "${wanted}".${meant ? ` Did you mean "${meant}"?` : ""} Known: ${names.join(", ")}.`,
    "user",
    { name: wanted, known: names },
  );
}
