/** Whose fault a failure is: tells the reader of a message who has to act. */
export type Fault = "user" | "model" | "environment" | "internal";

/** Every way in which this package fails on purpose. Closed, so that callers can switch over it. */
export type ErrorCode =
  | "unknown_character"
  | "invalid_character"
  | "invalid_input"
  | "invalid_option"
  | "import_failed"
  | "missing_package"
  | "missing_key"
  | "unknown_model"
  | "model_failed"
  | "model_timeout"
  | "model_empty"
  | "model_refused"
  | "model_declined"
  | "embedding_mismatch"
  | "store_damaged"
  | "store_busy"
  | "store_full"
  | "store_unwritable"
  | "store_unavailable"
  | "thread_busy"
  | "thread_people"
  | "thread_method"
  | "guard_failed"
  | "cancelled"
  | "internal";

/** Structured facts of a failure (ids, paths, counts). Never a key, a header or a prompt. */
export type ErrorDetails = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/**
 * The one error class of this package.
 * `message` says what happened and what to do; `code` is for programs; `fault` says who has to act;
 * `cause` keeps the original error.
 */
export class SimulacraError extends Error {
  override readonly name = "SimulacraError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly fault: Fault,
    readonly details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** True for an error of this package, of the given code when one is given. */
export function isSimulacraError(error: unknown, code?: ErrorCode): error is SimulacraError {
  return error instanceof SimulacraError && (code === undefined || error.code === code);
}

/** What an error says, whatever was thrown. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
