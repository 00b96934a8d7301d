import { join, resolve } from "node:path";
import { config as readDotenv } from "dotenv";
import type { ReplyTimeLimits } from "../../models/client-time-limits.js";

/** Models by name (`provider:model`); what is absent is left to the built-in choice. */
export interface ModelNames {
  /** Speaks the answers; absent: nothing is configured, the offline model speaks. */
  model?: string;
  /** Serves the agents; absent: the same as `model`. */
  agentModel?: string;
  embeddings?: string;
}

/** Limits in seconds, as flags give them; the environment's are read where models are opened. */
export interface TimeLimitFlags {
  firstTokenTimeout?: number;
  betweenTokensTimeout?: number;
  replyTimeout?: number;
}

/** What flags, environment and `.env` say together; a flag wins over the environment, the environment over `.env`. */
export interface Settings extends ModelNames {
  /** Folder of everything stored. @default `.simulacra` in the working directory */
  home: string;
  env: NodeJS.ProcessEnv;
  /** Those that flags set. */
  timeLimits: ReplyTimeLimits;
}

/** The flags that have a variable in the environment. */
export interface SettingFlags extends ModelNames, TimeLimitFlags {
  home?: string;
}

/** Takes `.env` of the working directory into `env`, where a variable is not set already. A missing file is fine. */
export function loadDotenv(cwd: string, env: NodeJS.ProcessEnv): void {
  readDotenv({ path: join(cwd, ".env"), quiet: true, processEnv: env as Record<string, string> });
}

export function resolveSettings(flags: SettingFlags, cwd: string, env: NodeJS.ProcessEnv): Settings {
  const models = {
    model: flags.model?.trim() || env.SIMULACRA_MODEL,
    agentModel: flags.agentModel?.trim() || env.SIMULACRA_AGENT_MODEL,
    embeddings: flags.embeddings?.trim() || env.SIMULACRA_EMBEDDINGS,
  };
  const home = flags.home?.trim() || env.SIMULACRA_HOME?.trim() || ".simulacra";
  return { home: resolve(cwd, home), env, timeLimits: timeLimits(flags), ...modelNames(models) };
}

function timeLimits({
  firstTokenTimeout,
  betweenTokensTimeout,
  replyTimeout,
}: TimeLimitFlags): ReplyTimeLimits {
  const inSeconds = {
    firstTokenTimeoutMs: firstTokenTimeout,
    idleTimeoutMs: betweenTokensTimeout,
    replyTimeoutMs: replyTimeout,
  };
  return Object.fromEntries(
    Object.entries(inSeconds).flatMap(([name, seconds]) =>
      seconds === undefined ? [] : [[name, Math.ceil(seconds * 1000)]],
    ),
  );
}

/** Only those that are named: an empty text is no name. */
export function modelNames(given: { [Name in keyof ModelNames]?: string | undefined }): ModelNames {
  const { model, agentModel, embeddings } = given;
  const named = Object.entries({ model, agentModel, embeddings }).flatMap(([key, name]) =>
    name?.trim() ? [[key, name.trim()]] : [],
  );
  return Object.fromEntries(named);
}
