import { CommanderError } from "commander";
import { type ErrorCode, reasonOf, SimulacraError } from "../../data/errors.js";
import { printable } from "../../graphs/simulacrum/message-text.js";
import type { Output } from "./output.js";
import { systemFailure } from "./system-failure.js";

/** What a script can rely on: done, broken, wrong usage or input, a threshold not met. */
export const exitCode = { done: 0, broken: 1, usage: 2, threshold: 3 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Failures that the caller corrects by typing something else; all others mean that something is broken. */
const usageCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "unknown_character",
  "invalid_character",
  "invalid_input",
  "invalid_option",
  "import_failed",
  "unknown_model",
  "missing_key",
  "embedding_mismatch",
  "thread_people",
  "thread_method",
]);

/** The code that a process ends with after this failure. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
  return usageCodes.has(errorDocument(error).code) ? exitCode.usage : exitCode.broken;
}

/**
 * Tells of a failure: one message on stderr, and with `--json` also `{error: {code, message}}` on stdout where no
 * document has been written yet. The stack is shown with LOG_LEVEL=debug only.
 */
export function reportFailure(error: unknown, output: Output): ExitCode {
  const code = exitCodeOf(error);
  // Help was asked for, or shown because no command was given: it says everything.
  if (code === exitCode.done || (error instanceof CommanderError && error.code === "commander.help"))
    return code;
  const document = errorDocument(error);
  output.error(document.message);
  if (output.env.LOG_LEVEL === "debug" && error instanceof Error)
    output.stderr.write(`${printable(stackOf(error))}\n`);
  if (output.json) output.result({ error: document }, () => {});
  return code;
}

/** A failure as scripts see it; what this package did not foresee comes with a way to see more. */
export function errorDocument(error: unknown): { code: ErrorCode; message: string } {
  if (error instanceof CommanderError)
    return { code: "invalid_option", message: error.message.replace(/^error: /, "") };
  const known = systemFailure(error) ?? (error instanceof SimulacraError ? error : undefined);
  if (known) return { code: known.code, message: known.message };
  const text = reasonOf(error);
  const message = `Something unforeseen happened: ${text}. Set LOG_LEVEL=debug to see where.`;
  return { code: "internal", message };
}

export const messageOf = (error: unknown): string => errorDocument(error).message;

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
