import { z } from "zod";
import { SimulacraError } from "../../data/errors.js";
import { loadDotenv, resolveSettings, type Settings } from "../hosting/settings.js";

/** What the LangGraph server hands to a factory beside the run's config; only a run has a context. */
export interface ServerRuntime {
  accessContext?: string;
  executionRuntime?: { context?: unknown } | null;
}

/** The part of a run's or an assistant's config that factories read. */
export interface ServerConfig {
  configurable?: Record<string, unknown>;
}

/** Makes the graph of one request. What is served differs between the graphs, so that the server's own type is the least. */
export type GraphFactory = (config?: ServerConfig, runtime?: ServerRuntime) => Promise<object>;

/** One request to the server, as the factories read it. */
export interface StudioRequest {
  /** Whether a graph is to be run, not only drawn or its state read. */
  running: boolean;
  /** The filled form: what the assistant was configured with, overlaid by the run's own context. */
  context: Record<string, unknown>;
  /** The conversation, where the run has one. */
  thread: string | undefined;
  settings: Settings;
}

/** The conversation of a run, where it has one. */
export const threadIn = ({ configurable }: ServerConfig): string | undefined =>
  z.string().min(1).safeParse(configurable?.thread_id).data;

/** Reads what the server hands over. `.env` is taken in here for servers that do not do it themselves. */
export function readRequest(config: ServerConfig = {}, runtime: ServerRuntime = {}): StudioRequest {
  loadDotenv(process.cwd(), process.env);
  const context = z.record(z.string(), z.unknown()).safeParse(runtime.executionRuntime?.context).data;
  return {
    running: (runtime.executionRuntime ?? null) !== null,
    // Hosts of the older kind (RemoteGraph among them) send `configurable` only.
    context: { ...config.configurable, ...context },
    thread: threadIn(config),
    settings: resolveSettings({}, process.cwd(), process.env),
  };
}

/**
 * The filled form with its defaults; LangGraph checks a context but does not fill it.
 * @throws SimulacraError `invalid_option` naming the field and what is wrong with it
 */
export function filledForm<T>(schema: z.ZodType<T>, context: Record<string, unknown>): T {
  const filled = schema.safeParse(context);
  if (filled.success) return filled.data;
  const [issue] = filled.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new SimulacraError(
    "invalid_option",
    `The configuration's field "${field}" does not fit: ${issue?.message}. Correct it in the assistant's configuration or the run's context.`,
    "user",
    { field },
  );
}
