import { SimulacraError } from "../data/errors.js";
import type { ClientOptions } from "./client-options.js";

/** The limits of a reply in milliseconds, as the model client takes them. */
export type ReplyTimeLimits = Pick<ClientOptions, "firstTokenTimeoutMs" | "idleTimeoutMs" | "replyTimeoutMs">;

/**
 * The limits that the environment sets, in seconds there.
 * @throws SimulacraError `invalid_option`, naming the variable
 */
export function timeLimitsIn(env: NodeJS.ProcessEnv): ReplyTimeLimits {
  return {
    ...seconds("firstTokenTimeoutMs", "SIMULACRA_FIRST_TOKEN_TIMEOUT", env.SIMULACRA_FIRST_TOKEN_TIMEOUT),
    ...seconds("idleTimeoutMs", "SIMULACRA_BETWEEN_TOKENS_TIMEOUT", env.SIMULACRA_BETWEEN_TOKENS_TIMEOUT),
    ...seconds("replyTimeoutMs", "SIMULACRA_REPLY_TIMEOUT", env.SIMULACRA_REPLY_TIMEOUT),
  };
}

/** Longest limit: a day. */
export const LONGEST_SECONDS = 86_400;

function seconds(
  option: keyof ReplyTimeLimits,
  variable: string,
  value: string | undefined,
): ReplyTimeLimits {
  if (value === undefined || value.trim() === "") return {};
  const number = Number(value);
  if (number >= 0.001 && number <= LONGEST_SECONDS) return { [option]: Math.ceil(number * 1000) };
  throw new SimulacraError(
    "invalid_option",
    `${variable} takes a number of seconds from 0.001 to ${LONGEST_SECONDS}, not "${value}".`,
    "user",
    { option: variable },
  );
}
