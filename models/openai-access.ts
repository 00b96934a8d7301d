import { SimulacraError } from "../data/errors.js";
import { redact } from "./secrets.js";

/** How to reach an OpenAI-compatible server. */
export interface OpenAIAccess {
  apiKey: string;
  baseURL: string | undefined;
  /** The server is OpenAI's own, which is known to enforce JSON schemas. */
  official: boolean;
}

/** Servers of one's own take any key, but the client insists on one. */
const dummyKey = "none";

/**
 * Reads OPENAI_API_KEY and OPENAI_BASE_URL. With a base URL other than OpenAI's a key is not needed.
 * @throws SimulacraError missing_key, invalid_option
 */
export function openAIAccess(env: NodeJS.ProcessEnv, name: string): OpenAIAccess {
  const baseURL = env.OPENAI_BASE_URL?.trim() || undefined;
  const apiKey = env.OPENAI_API_KEY?.trim() || undefined;
  const host =
    baseURL === undefined ? "api.openai.com" : URL.canParse(baseURL) ? new URL(baseURL).hostname : undefined;
  if (host === undefined) {
    throw new SimulacraError(
      "invalid_option",
      `OPENAI_BASE_URL is not a URL: "${redact(baseURL ?? "")}". Expected something like http://127.0.0.1:11434/v1.`,
      "user",
      { option: "OPENAI_BASE_URL" },
    );
  }
  const official = host === "api.openai.com";
  if (official && apiKey === undefined) {
    throw new SimulacraError(
      "missing_key",
      `Model "${name}" needs OPENAI_API_KEY, or OPENAI_BASE_URL of a server of your own (for Ollama: http://127.0.0.1:11434/v1). Set one of them, or use SIMULACRA_MODEL=offline.`,
      "user",
      { variable: "OPENAI_API_KEY" },
    );
  }
  return { apiKey: apiKey ?? dummyKey, baseURL, official };
}
