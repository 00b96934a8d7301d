import { SimulacraError } from "../data/errors.js";

/** Settings of a model client. */
export interface ClientOptions {
  /** The name that `modelName` gives and errors show. @default read from the model */
  name?: string;
  /** Calls at the same time; more wait their turn. @default 8 */
  concurrency?: number;
  /** Further tries after 429, 5xx or a lost connection. @default 2 */
  maxRetries?: number;
  /** First wait between tries in milliseconds, doubled each time; `retry-after` goes before it. @default 500 */
  backoffMs?: number;
  /** Limit to the first token in milliseconds. @default 120_000 */
  firstTokenTimeoutMs?: number;
  /** Limit between two tokens in milliseconds. @default 60_000 */
  idleTimeoutMs?: number;
  /** Limit of a whole reply in milliseconds, however much its server shows that it lives. @default 1_800_000 */
  replyTimeoutMs?: number;
  /**
   * Structured replies are asked for with `response_format: json_schema`, which every server of OpenAI's protocol may
   * enforce; one that refuses it is told the schema in words. @default true for ChatOpenAI and its kin, else false
   */
  enforcesJsonSchema?: boolean;
}

const defaults = {
  concurrency: 8,
  maxRetries: 2,
  backoffMs: 500,
  firstTokenTimeoutMs: 120_000,
  idleTimeoutMs: 60_000,
  replyTimeoutMs: 1_800_000,
} as const;

/** The options with their defaults. */
export type ClientSettings = Required<Omit<ClientOptions, "name" | "enforcesJsonSchema">>;

/**
 * Merges options with their defaults and checks them.
 * @throws SimulacraError invalid_option, naming the option
 */
export function clientSettings(options: ClientOptions): ClientSettings {
  const merged = {
    ...defaults,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
  for (const name of [
    "concurrency",
    "maxRetries",
    "backoffMs",
    "firstTokenTimeoutMs",
    "idleTimeoutMs",
    "replyTimeoutMs",
  ] as const) {
    const least = name === "maxRetries" || name === "backoffMs" ? 0 : 1;
    if (!Number.isFinite(merged[name]) || merged[name] < least) {
      throw new SimulacraError(
        "invalid_option",
        `Option ${name} must be a number of at least ${least}, but is ${merged[name]}.`,
        "user",
        { option: name },
      );
    }
  }
  return merged;
}
