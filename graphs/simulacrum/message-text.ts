import { SimulacraError } from "../../data/errors.js";

/** Longest message that is put to a simulacrum, in characters: some 5,000 tokens, more than anyone says at once. */
export const longestMessage = 20_000;

// Everything that is not text but steers a terminal, a parser or the reading direction: C0 and C1 controls except
// tab and newline, the byte order mark, and the bidirectional overrides.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
// Terminal escape sequences go as a whole, so that no "[31m" stays behind.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const escapes = /\u001B(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])/gu;

/** What a person typed, made safe to say. */
export interface CleanMessage {
  /** Without control characters and outer white space; empty where nothing is left. */
  text: string;
  /** How many characters were taken out (line endings that only changed their form are not counted). */
  removed: number;
}

/**
 * Removes control characters and terminal sequences; keeps newline and tab.
 * @throws SimulacraError `invalid_input` above `longestMessage` characters, before anything else is done with it.
 */
export function cleanMessage(message: string): CleanMessage {
  const unix = message.replace(/\r\n?/g, "\n");
  if (unix.length > longestMessage)
    throw new SimulacraError(
      "invalid_input",
      `The message has ${unix.length.toLocaleString("en")} characters; at most ${longestMessage.toLocaleString("en")} can be said at once. Shorten it, or say it in parts.`,
      "user",
      { length: unix.length, limit: longestMessage },
    );
  const text = unix.replace(escapes, "").replace(controls, "");
  return { text: text.replace(/\p{Cs}/gu, "\uFFFD").trim(), removed: unix.length - text.length };
}

/** Makes text that comes from files or models safe to show on a terminal. */
export function printable(text: string): string {
  return text.replace(escapes, "").replace(controls, "");
}

/** @throws SimulacraError `invalid_input` for an empty or too long message, or one that is no text */
export function checkedMessage(message: string): string {
  const given: unknown = message;
  if (typeof given !== "string")
    throw new SimulacraError(
      "invalid_input",
      `A message must be text, but ${given === null ? "null" : `something of type ${typeof given}`} was given.`,
      "user",
    );
  const { text } = cleanMessage(message);
  if (text === "") throw new SimulacraError("invalid_input", "The message is empty. Say something.", "user");
  return text;
}
