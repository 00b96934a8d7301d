/** A model's name in its two parts, split at the first colon: model names may hold colons and slashes themselves. */
export interface ProviderName {
  provider: string;
  /** Empty where the name has no colon. */
  model: string;
}

/** Splits "openai:org/model:tag" into "openai" and "org/model:tag". */
export function splitName(name: string): ProviderName {
  const trimmed = name.trim();
  const colon = trimmed.indexOf(":");
  if (colon < 0) return { provider: trimmed.toLowerCase(), model: "" };
  return { provider: trimmed.slice(0, colon).toLowerCase(), model: trimmed.slice(colon + 1) };
}
