import { z } from "zod";

/** A model server that answered on this machine. */
export interface LocalServer {
  /** "Ollama", "LM Studio" or "llama.cpp". */
  name: string;
  baseURL: string;
  /** Names of its models, as it lists them; may be empty. */
  models: string[];
  /** The one line of environment that uses it. */
  line: string;
}

const standardPorts: Readonly<Record<string, number>> = {
  Ollama: 11434,
  "LM Studio": 1234,
  "llama.cpp": 8080,
};
const listSchema = z.object({ data: z.array(z.object({ id: z.string() })).nullable() });
const notForChat = /embed|rerank|whisper|tts|bge-|nomic/i;

async function probe(name: string, port: number, timeoutMs: number): Promise<LocalServer | undefined> {
  const baseURL = `http://127.0.0.1:${port}/v1`;
  try {
    const response = await fetch(`${baseURL}/models`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: "error",
    });
    if (!response.ok) return undefined;
    const { data } = listSchema.parse(await response.json());
    const models = (data ?? []).map((model) => model.id);
    const chosen = models.find((model) => !notForChat.test(model)) ?? "MODEL";
    const quoted = /^[\w.:/@+-]+$/.test(chosen)
      ? `openai:${chosen}`
      : `"openai:${chosen.replaceAll('"', "")}"`;
    return { name, baseURL, models, line: `OPENAI_BASE_URL=${baseURL} SIMULACRA_MODEL=${quoted}` };
  } catch {
    // Nothing there, or something else: both mean that no model server is known at this port.
    return undefined;
  }
}

/**
 * Looks on the loopback ports of Ollama, LM Studio and llama.cpp for a running model server.
 * Takes at most `timeoutMs` (all are asked at once); finds none rather than failing.
 * @param options.ports name and port of each server to ask for
 */
export async function detectLocalServers(
  options: { timeoutMs?: number; ports?: Readonly<Record<string, number>> } = {},
): Promise<LocalServer[]> {
  const ports = Object.entries(options.ports ?? standardPorts);
  const found = await Promise.all(ports.map(([name, port]) => probe(name, port, options.timeoutMs ?? 300)));
  return found.filter((server) => server !== undefined);
}
