import { CommanderError } from "commander";
import { type ErrorCode, SimulacraError } from "../../data/errors.js";
import { printable } from "../../graphs/simulacrum/message-text.js";
import type { Output } from "./output.js";
import { systemFailure } from "./system-failure.js";

/** What a script can rely on: done, broken, wrong usage or input, a threshold not met. */
export const exitCode = { done: 0, broken: 1, usage: 2, threshold: 3 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Failures that the caller mends by typing something else; all others mean that something is broken. */
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
  if (error instanceof SimulacraError && usageCodes.has(error.code)) return exitCode.usage;
  return exitCode.broken;
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
  output.error(messageOf(error));
  if (output.env.LOG_LEVEL === "debug" && error instanceof Error)
    output.stderr.write(`${printable(stackOf(error))}\n`);
  if (output.json) output.result({ error: errorDocument(error) }, () => {});
  return code;
}

/** A failure as scripts see it. */
export const errorDocument = (error: unknown): { code: ErrorCode; message: string } => ({
  code: codeOf(error),
  message: messageOf(error),
});

/** The words for a failure that this package did not foresee come with a way to see more. */
export function messageOf(error: unknown): string {
  if (error instanceof SimulacraError) return error.message;
  if (error instanceof CommanderError) return error.message.replace(/^error: /, "");
  const text = error instanceof Error ? error.message : String(error);
  return (
    systemFailure(error)?.message ??
    `Something unforeseen happened: ${text}. Set LOG_LEVEL=debug to see where.`
  );
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof SimulacraError) return error.code;
  if (error instanceof CommanderError) return "invalid_option";
  return systemFailure(error)?.code ?? "internal";
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
