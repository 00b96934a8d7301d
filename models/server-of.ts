import { ModelClient } from "./model-client.js";
import { NamedEmbeddings } from "./named-embeddings.js";

/** Where LangChain's models and embeddings keep their base URL. */
const places = ["baseURL", "baseUrl", "apiUrl", "anthropicApiUrl", "endpoint"];

/**
 * Host and port that a model or embeddings are asked at; null where its address is not known, as that of a provider's own.
 * Nothing else of the address: user, key and query may be secret.
 */
export function serverOf(model: object): string | null {
  const inner = model instanceof ModelClient || model instanceof NamedEmbeddings ? model.inner : model;
  const holders = [Object(Reflect.get(inner, "clientConfig")), inner];
  const addresses = holders.flatMap((holder) => places.map((place): unknown => Reflect.get(holder, place)));
  const address = addresses.find((each): each is string => typeof each === "string" && URL.canParse(each));
  return address === undefined ? null : new URL(address).host || null;
}
