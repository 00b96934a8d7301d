import { type ErrorDetails, isSimulacraError, reasonOf, SimulacraError } from "../data/errors.js";
import { type ErrorBody, NOT_THE_PROTOCOL, statusOf } from "./error-body.js";
import { tellsOfDeclining, tellsOfOverflow } from "./failure-words.js";
import { redact } from "./secrets.js";
import { TimeLimitError } from "./time-limits.js";

/** What is read from an error of any provider's client. */
export interface Failure {
  status: number | undefined;
  /** The provider's own code or the system's ("insufficient_quota", "ECONNREFUSED"). */
  code: string | undefined;
  message: string;
  /** Wait asked for by the server in milliseconds. */
  retryAfterMs: number | undefined;
  /** The connection failed or was cut, no reply was read. */
  connection: boolean;
}

const connectionCodes = /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|UND_ERR)/;
const connectionWords =
  /fetch failed|terminated|socket hang up|connection error|other side closed|premature close|network error/i;

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function header(error: unknown, name: string): string | undefined {
  const headers = field(error, "headers") ?? field(field(error, "response"), "headers");
  const value = headers instanceof Headers ? headers.get(name) : field(headers, name);
  return typeof value === "string" ? value : undefined;
}

function retryAfter(error: unknown): number | undefined {
  const milliseconds = Number(header(error, "retry-after-ms") ?? Number.NaN);
  if (milliseconds >= 0) return milliseconds;
  const value = header(error, "retry-after")?.trim();
  if (!value) return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Reads status, code, wait and kind from an error, following `cause`. */
export function readFailure(error: unknown): Failure {
  let status: number | undefined;
  let code: string | undefined;
  let connection = false;
  for (
    let at: unknown = error, depth = 0;
    at !== undefined && at !== null && depth < 5;
    at = field(at, "cause"), depth++
  ) {
    const ownStatus =
      field(at, "status") ?? field(at, "statusCode") ?? field(field(at, "response"), "status");
    if (status === undefined && typeof ownStatus === "number") status = ownStatus;
    const ownCode = field(at, "code") ?? field(field(at, "error"), "code");
    if (code === undefined && typeof ownCode === "string") code = ownCode;
    const words = String(field(at, "message") ?? "");
    // An error in the midst of a stream has a body, and no status of its own.
    const body = field(at, "error");
    if (status === undefined && typeof body === "object" && body !== null)
      status = statusOf({ ...(body as ErrorBody), message: words });
    if (connectionCodes.test(String(ownCode ?? "")) || connectionWords.test(words)) connection = true;
  }
  const message = reasonOf(error);
  return {
    status,
    code,
    message,
    retryAfterMs: retryAfter(error),
    connection: connection && status === undefined,
  };
}

/** A cause that keeps class name, status and code of the original, and none of its headers or bodies. */
function scrubbed(error: unknown, failure: Failure, secrets: readonly string[]): Error {
  const cause = new Error(redact(failure.message, secrets).slice(0, 500));
  if (error instanceof Error) cause.name = error.name === "Error" ? error.constructor.name : error.name;
  cause.stack = `${cause.name}: ${cause.message}`;
  if (failure.status !== undefined) Object.assign(cause, { status: failure.status });
  if (failure.code !== undefined) Object.assign(cause, { code: failure.code });
  return cause;
}

/** What is known about the call that failed. */
export interface FailedCall {
  model: string;
  attempts: number;
  midStream: boolean;
  secrets: readonly string[];
}

type Description = [
  code: "missing_key" | "unknown_model" | "model_failed" | "model_declined",
  fault: "user" | "model" | "environment",
  text: string,
];

/** Whether a server declined to answer what was said, which no further try will change. */
export const declinedBy = ({
  status,
  code,
  message,
}: Pick<Failure, "status" | "code" | "message">): boolean =>
  (status === undefined || [400, 403, 422, 451].includes(status)) &&
  tellsOfDeclining(`${code ?? ""} ${message}`);

/** The error for a reply that declines: the model's own words, or the server's filter. */
export function declinedError(
  model: string,
  reason: "refusal" | "content_filter",
  words: string,
): SimulacraError {
  const said = redact(words).replace(/\s+/g, " ").trim().slice(0, 200);
  const how =
    reason === "refusal" ? "refused to answer" : "declined to answer: its server's filter stopped the reply";
  return new SimulacraError(
    "model_declined",
    `Model "${model}" ${how}${said === "" ? "" : ` (${said})`}. Say it in other words, or use another model.`,
    "model",
    { model, reason, said },
  );
}

/** Whose fault it is, and what to do. */
function describe(
  { status, code, connection, message }: Failure,
  call: FailedCall,
  said: string,
): Description {
  const who = `Model "${call.model}"`;
  const tries = `${call.attempts} ${call.attempts === 1 ? "try" : "tries"}`;
  const failed = (fault: Description[1], text: string): Description => [
    "model_failed",
    fault,
    `${who}${text}`,
  ];
  if (code === NOT_THE_PROTOCOL)
    return failed(
      "environment",
      ` did not answer in the form of an OpenAI-compatible server (it said: ${said.replace(/^\d{3} /u, "")}). Check the base URL (it usually ends with /v1).`,
    );
  if (declinedBy({ status, code, message }))
    return [
      "model_declined",
      "model",
      `${who} declined to answer: its server's filter refused what was said (${said}). Say it in other words, or use another model.`,
    ];
  if (call.midStream)
    return failed("environment", ` stopped in the middle of its reply (${said}). Ask again.`);
  if (status === 401 || status === 403)
    return [
      "missing_key",
      "user",
      `${who}: the server refused the key (${status}: ${said}). Check the key and that it may use this model.`,
    ];
  if (status === 404)
    return [
      "unknown_model",
      "user",
      `${who} was not found at its server (404: ${said}). Check the model's name and the base URL.`,
    ];
  if (code === "insufficient_quota") return failed("user", `: the account has no quota left (${said}).`);
  if (status === 429)
    return failed(
      "environment",
      ` is over its rate limit after ${tries} (${said}). Wait, or lower the concurrency.`,
    );
  if (tellsOfOverflow(`${code ?? ""} ${message}`))
    return failed(
      "user",
      `: the prompt is longer than the model's context (${said}). Lower the token budget (contextTokens).`,
    );
  if (status !== undefined)
    return failed(
      status >= 500 ? "environment" : "user",
      `: the server answered ${status} after ${tries} (${said}).`,
    );
  if (connection)
    return failed(
      "environment",
      ` cannot be reached after ${tries} (${code ?? said}). Is its server running, and is the base URL right?`,
    );
  if (
    /empty response from chat model|unexpected token|not valid json|reading '(choices|message|0)'/i.test(said)
  )
    return failed(
      "environment",
      " did not answer in the form of an OpenAI-compatible server. Check the base URL (it usually ends with /v1).",
    );
  return failed("model", ` failed: ${said}`);
}

/** The limits of a reply: what did not come, and where each is set. */
const limits = {
  first: { what: "no first token", option: "firstTokenTimeoutMs", flag: "--first-token-timeout" },
  idle: { what: "no further token", option: "idleTimeoutMs", flag: "--between-tokens-timeout" },
  total: { what: "no end of the reply", option: "replyTimeoutMs", flag: "--reply-timeout" },
} as const;

/** The error of this package for whatever a model threw; ours pass unchanged. Holds no key, header or prompt. */
export function modelError(error: unknown, call: FailedCall): SimulacraError {
  if (isSimulacraError(error)) return error;
  const details: Record<string, string | number | boolean> = { model: call.model, attempts: call.attempts };
  if (call.midStream) details.midStream = true;
  if (error instanceof TimeLimitError) {
    const { what, option, flag } = limits[error.phase];
    return new SimulacraError(
      "model_timeout",
      `Model "${call.model}": ${what} within ${error.limitMs / 1000} s. Try again, use a faster model, or give more time (${flag} SECONDS; in code ${option}).`,
      "environment",
      { ...details, phase: error.phase, limitMs: error.limitMs },
    );
  }
  const failure = readFailure(error);
  if (failure.status !== undefined) details.status = failure.status;
  const said = redact(failure.message, call.secrets)
    .replace(/\s+/g, " ")
    .replace(/ ?Troubleshooting URL:.*$/u, "")
    .slice(0, 200);
  const [code, fault, text] = describe(failure, call, said);
  return new SimulacraError(code, text, fault, details satisfies ErrorDetails, {
    cause: scrubbed(error, failure, call.secrets),
  });
}

/** The error for a call that its caller aborted; the abort's reason is its cause. */
export function cancelledError(model: string, reason: unknown): SimulacraError {
  return new SimulacraError(
    "cancelled",
    `The call of model "${model}" was cancelled.`,
    "user",
    { model },
    { cause: reason },
  );
}
