import { join, resolve } from "node:path";
import { config as readDotenv } from "dotenv";
import { SimulacraError } from "../../data/errors.js";

export { importedCharactersFolder, memoryFolder } from "../../data/home-folder.js";

/** What flags, environment and `.env` say together; a flag wins over the environment, the environment over `.env`. */
export interface Settings {
  /** Folder of everything stored. @default `.simulacra` in the working directory */
  home: string;
  /** Chat model of the voice, as `provider:model`; absent: nothing is configured, the offline model speaks. */
  model?: string;
  /** Chat model of the agents; absent: the same as `model`. */
  agentModel?: string;
  /** Absent: the built-in choice. */
  embeddings?: string;
  env: NodeJS.ProcessEnv;
}

/** The flags that have a variable in the environment. */
export interface SettingFlags {
  home?: string;
  model?: string;
  agentModel?: string;
  embeddings?: string;
}

/** Takes `.env` of the working directory into `env`, where a variable is not set already. A missing file is fine. */
export function loadDotenv(cwd: string, env: NodeJS.ProcessEnv): void {
  readDotenv({ path: join(cwd, ".env"), quiet: true, processEnv: env as Record<string, string> });
}

export function resolveSettings(flags: SettingFlags, cwd: string, env: NodeJS.ProcessEnv): Settings {
  const settings: Settings = {
    home: resolve(cwd, given(flags.home) ?? given(env.SIMULACRA_HOME) ?? ".simulacra"),
    env,
  };
  const model = given(flags.model) ?? given(env.SIMULACRA_MODEL);
  const agentModel = given(flags.agentModel) ?? given(env.SIMULACRA_AGENT_MODEL);
  const embeddings = given(flags.embeddings) ?? given(env.SIMULACRA_EMBEDDINGS);
  if (model !== undefined) settings.model = model;
  if (agentModel !== undefined) settings.agentModel = agentModel;
  if (embeddings !== undefined) settings.embeddings = embeddings;
  return settings;
}

/**
 * Parses a flag that counts or measures something.
 * @throws SimulacraError `invalid_option` naming the flag, what was expected and what came
 */
export function numberFlag(flag: string, bounds: { min: number; max: number; whole?: boolean }) {
  return (value: string): number => {
    const number = Number(value);
    const whole = bounds.whole ?? true;
    if (
      value.trim() === "" ||
      !Number.isFinite(number) ||
      number < bounds.min ||
      number > bounds.max ||
      (whole && !Number.isInteger(number))
    )
      throw new SimulacraError(
        "invalid_option",
        `${flag} takes a ${whole ? "whole " : ""}number from ${bounds.min} to ${bounds.max}, not "${value}".`,
        "user",
        { flag, value },
      );
    return number;
  };
}

/**
 * Parses an id that becomes part of a key (thread, interlocutor).
 * @throws SimulacraError `invalid_option`
 */
export function idFlag(flag: string) {
  return (value: string): string => {
    const id = value.trim();
    if (id === "" || id.length > 200 || /[\p{Cc}\p{Cs}]/u.test(id))
      throw new SimulacraError(
        "invalid_option",
        `${flag} takes a name of 1 to 200 characters on one line.`,
        "user",
        { flag },
      );
    return id;
  };
}

/**
 * Parses the id of a person. "thread:…" names a conversation without a named person, so no person may be called so.
 * @throws SimulacraError `invalid_option`
 */
export function personFlag(flag: string) {
  return (value: string): string => {
    const id = idFlag(flag)(value);
    if (id.startsWith("thread:"))
      throw new SimulacraError(
        "invalid_option",
        `${flag}: the id of a person may not begin with "thread:".`,
        "user",
        {
          flag,
        },
      );
    return id;
  };
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}
