import { z } from "zod";
import type { UsageByRole } from "./contract.js";
import { invalidInput, invalidOption } from "./invalid.js";

const price = z.strictObject({
  /** Of a million prompt tokens. */
  input: z.number().min(0),
  /** Of a million tokens of the reply; embeddings have none. @default 0 */
  output: z.number().min(0).default(0),
});

/**
 * What models cost, as the researcher gives it: `{"currency": "USD", "models": {"openai:gpt-4.1-mini": {"input": 0.4,
 * "output": 1.6}}}`, each for a million tokens.
 */
export const priceTableSchema = z.strictObject({
  currency: z.string().trim().min(1).max(20),
  models: z.record(z.string(), price),
});
export type PriceTable = z.infer<typeof priceTableSchema>;

/** Which model serves which role; the voice's is the condition's own. */
export interface RoleModels {
  agentModel: string | null;
  embeddings: string | null;
}

/** Run in the process: they cost nothing, whether or not the table has them. */
const free = /^(?:offline|energetic|lexical|transformers|llamacpp)\b/u;

/** The price of a model; undefined where the table has none. */
function priceOf(model: string, { models }: PriceTable): z.infer<typeof price> | undefined {
  return models[model] ?? (free.test(model) ? { input: 0, output: 0 } : undefined);
}

/** The price of embeddings, under the name of their space or under that without its dimensions, as models are asked for. */
const priceOfSpace = (space: string, table: PriceTable) =>
  priceOf(space, table) ?? priceOf(space.replace(/-\d+$/u, ""), table);

/** The model behind a role, for a sample whose voice is `voice`. Confederates are taken to speak with the same model. */
export function modelOfRole(role: string, voice: string, { agentModel, embeddings }: RoleModels): string {
  if (role === "embeddings") return embeddings ?? "lexical";
  return role === "agents" ? (agentModel ?? voice) : voice;
}

/**
 * What a usage costs; undefined where a role that used tokens has no price: unknown is not zero. Replies from the cache
 * are counted as if they were paid.
 */
export function costOf(
  usage: UsageByRole,
  voice: string,
  models: RoleModels,
  table: PriceTable,
): number | undefined {
  let sum = 0;
  for (const [role, { inputTokens, outputTokens }] of Object.entries(usage)) {
    const model = modelOfRole(role, voice, models);
    const found = role === "embeddings" ? priceOfSpace(model, table) : priceOf(model, table);
    if (!found) return undefined;
    sum += (inputTokens * found.input + outputTokens * found.output) / 1_000_000;
  }
  return sum;
}

/** The most that so many tokens of one call can cost, whatever their share of prompt and reply. */
export function highestCost(tokens: number, model: string, table: PriceTable): number {
  const { input = 0, output = 0 } = priceOf(model, table) ?? {};
  return (tokens * Math.max(input, output)) / 1_000_000;
}

/**
 * Checks that the table has every chat model, and the embeddings where they are known.
 * @throws SimulacraError `invalid_option` naming those that it lacks
 */
export function checkPrices(
  models: Iterable<string>,
  embeddings: string | undefined,
  table: PriceTable,
): void {
  const missing = [...new Set(models)].filter((model) => !priceOf(model, table));
  if (embeddings !== undefined && !priceOfSpace(embeddings, table)) missing.push(embeddings);
  if (missing.length > 0)
    throw invalidOption(
      `The price table has no price for ${missing.join(", ")}. Add ${missing.length === 1 ? "it" : "them"} under "models", with "input" and "output" for a million tokens.`,
      { missing },
    );
}

/** A price table from JSON. @throws SimulacraError `invalid_input` saying what is wrong */
export function readPrices(json: unknown, where: string): PriceTable {
  const read = priceTableSchema.safeParse(json);
  if (read.success) return read.data;
  throw invalidInput(
    `${where} is no price table:\n${z.prettifyError(read.error)}\nExpected: {"currency": "USD", "models": {"openai:MODEL": {"input": 0.4, "output": 1.6}}}, prices of a million tokens.`,
    { path: where },
    read.error,
  );
}
