import { SimulacraError } from "../../data/errors.js";

/** Characters one message may have: about thirty pages. */
export const LONGEST_MESSAGE = 20_000;

// Everything below a space but tab and line feed, and the invisible direction and zero-width marks that can hide text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/gu;

/** A message as it may reach a simulacrum: line ends made one, control characters taken out. */
export function cleanMessage(message: string): string {
  return message.replace(/\r\n?/gu, "\n").replace(unprintable, "").trim();
}

/** @throws SimulacraError `invalid_input` for an empty or too long message */
export function checkedMessage(message: string): string {
  const clean = cleanMessage(message);
  if (clean === "") {
    throw new SimulacraError("invalid_input", "The message is empty. Say something.", "user");
  }
  if (clean.length > LONGEST_MESSAGE) {
    throw new SimulacraError(
      "invalid_input",
      `The message has ${clean.length.toLocaleString("en")} characters; one message may have ${LONGEST_MESSAGE.toLocaleString("en")}. Split it.`,
      "user",
      { characters: clean.length, limit: LONGEST_MESSAGE },
    );
  }
  return clean;
}
