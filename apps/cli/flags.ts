import { type Command, Option } from "commander";
import { SimulacraError } from "../../data/errors.js";
import { personId } from "../../data/person-id.js";
import { isTimeZone } from "../../memory/local-time.js";

/** A flag or argument that cannot be used as it was given: ends the command with 2. */
export const wrongUsage = (message: string, details: Record<string, string> = {}, cause?: unknown) =>
  new SimulacraError("invalid_option", message, "user", details, cause === undefined ? {} : { cause });

/**
 * An option that counts or measures something, as `--repeats <count>`. What does not fit is refused with `invalid_option`,
 * naming the flag, what was expected and what came.
 */
export function numberOption(
  flags: string,
  description: string,
  { min, max, whole = true, initial }: { min: number; max: number; whole?: boolean; initial?: number },
): Option {
  const [flag = ""] = flags.split(" ");
  return new Option(flags, description).default(initial).argParser((value) => {
    const number = value.trim() === "" ? Number.NaN : Number(value);
    if (number >= min && number <= max && (!whole || Number.isInteger(number))) return number;
    throw wrongUsage(
      `${flag} takes a ${whole ? "whole " : ""}number from ${min} to ${max}, not "${value}".`,
      { flag, value },
    );
  });
}

const upToADay = { min: 0.001, max: 86_400, whole: false };

/** Adds the limits of a model's reply to a command that asks models. */
export function withTimeLimits(command: Command): Command {
  return command
    .addOption(
      numberOption(
        "--first-token-timeout <seconds>",
        "longest wait for a model's first token (default: SIMULACRA_FIRST_TOKEN_TIMEOUT or 120)",
        upToADay,
      ),
    )
    .addOption(
      numberOption(
        "--between-tokens-timeout <seconds>",
        "longest wait between two tokens (default: SIMULACRA_BETWEEN_TOKENS_TIMEOUT or 60)",
        upToADay,
      ),
    )
    .addOption(
      numberOption(
        "--reply-timeout <seconds>",
        "longest time of a whole reply of a model (default: SIMULACRA_REPLY_TIMEOUT or 1800)",
        upToADay,
      ),
    );
}

/**
 * Parses an id that becomes part of a key (thread, interlocutor).
 * @throws SimulacraError `invalid_option`
 */
export function idFlag(flag: string) {
  return (value: string): string => {
    const id = personId(value);
    if (id !== "" && id.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(id)) return id;
    throw wrongUsage(`${flag} takes a name of 1 to 200 characters on one line.`, { flag });
  };
}

/**
 * Parses a time zone.
 * @throws SimulacraError `invalid_option`
 */
export function timeZoneFlag(name: string): string {
  if (isTimeZone(name)) return name;
  throw wrongUsage(
    `--time-zone takes the IANA name of a time zone, such as "Europe/Vienna" or "UTC", not "${name}".`,
    { flag: "--time-zone", value: name },
  );
}

/** The zone in which those who talk live, as `--time-zone`. */
export const timeZoneOption = (): Option =>
  new Option("--time-zone <zone>", "where those who talk live (default: this machine's zone)").argParser(
    timeZoneFlag,
  );

/**
 * Parses the id of an interlocutor. "thread:…" names a conversation without a named one, so nobody may be called so.
 * @throws SimulacraError `invalid_option`
 */
export function interlocutorFlag(flag: string) {
  return (value: string): string => {
    const id = idFlag(flag)(value);
    if (!id.startsWith("thread:")) return id;
    throw wrongUsage(`${flag}: the id of a person may not begin with "thread:".`, { flag });
  };
}

/**
 * Parses words about a person: a name, or how they are known.
 * @throws SimulacraError `invalid_option`
 */
export function wordsFlag(flag: string, longest: number) {
  return (value: string): string => {
    const words = value.trim();
    if (words !== "" && words.length <= longest && !/[\p{Cc}\p{Cs}]/u.test(words)) return words;
    throw wrongUsage(`${flag} takes 1 to ${longest} characters on one line.`, { flag });
  };
}
