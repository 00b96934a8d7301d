import { joinedSignal } from "./joined-signal.js";
import { redact } from "./secrets.js";

/** How long the sending of traces may take, to LangSmith, or to what speaks its protocol. */
export interface TraceSendingOptions {
  /** Told once, with the address and the reason, when traces could not be sent. @default nobody */
  onLost?: (origin: string, reason: string) => void;
  /** Longest wait for the server to say what it can do (`/info`), in milliseconds. @default 1_500 */
  probeMs?: number;
  /** Longest wait for a batch of runs to be taken, in milliseconds. @default 5_000 */
  sendMs?: number;
  /** After a failure, how long nothing is sent, in milliseconds. What ends in that time is not traced. @default 30_000 */
  pauseMs?: number;
  /** An endpoint to be asked at once, in the background, whether it is there. @default none */
  probe?: string;
}

/**
 * Makes LangSmith's client in this process give up at once on an endpoint that is dead, slow or refusing. By itself it
 * tries for 60 to 90 seconds, holds the process open as long, and fills stderr with warnings. Acts on the requests
 * that carry runs; other uses of LangSmith (data sets, prompts) go on as they were.
 */
export async function sendTracesWithLimits(options: TraceSendingOptions = {}): Promise<void> {
  const { overrideFetchImplementation } = await import("langsmith");
  const send = limitedFetch(options);
  overrideFetchImplementation(send, true);
  // It never rejects, and what it finds out is kept.
  if (options.probe !== undefined && URL.canParse(options.probe)) void send(`${options.probe}/info`);
}

/** What the endpoint of traces says of itself, or why it does not: "ok", or a reason in words. */
export async function probeTraces(endpoint: string, timeoutMs: number): Promise<"ok" | string> {
  return fetch(`${endpoint}/info`, { signal: AbortSignal.timeout(timeoutMs) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok || response.status === 404 ? "ok" : reasonOf(response.status);
    },
    (error: unknown) => reasonOf(error),
  );
}

type Fetch = typeof fetch;

/** LangSmith's client is answered "taken" whatever happens, so that it neither tries again nor warns. */
function limitedFetch(options: TraceSendingOptions): Fetch {
  const { onLost, probeMs = 1_500, sendMs = 5_000, pauseMs = 30_000 } = options;
  const pausedUntil = new Map<string, number>();
  let told = false;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const kind = carries(url, init?.method);
    if (kind === undefined) return fetch(input, init);
    if ((pausedUntil.get(url.origin) ?? 0) > Date.now()) return taken(kind);
    let lost: unknown;
    try {
      const limit = kind === "info" ? probeMs : sendMs;
      const response = await fetch(input, {
        ...init,
        signal: joinedSignal([init?.signal ?? undefined, AbortSignal.timeout(limit)]).signal,
      });
      // 404: an older server; the client takes another path. 409: it has the run already.
      if (response.ok || response.status === 409 || (response.status === 404 && kind === "runs"))
        return response;
      await response.body?.cancel();
      if (response.status === 404) return taken(kind);
      lost = response.status;
    } catch (error) {
      lost = error;
    }
    pausedUntil.set(url.origin, Date.now() + pauseMs);
    if (!told) onLost?.(url.origin, reasonOf(lost));
    told = true;
    return taken(kind);
  };
}

/** Whether a request belongs to the sending of runs. */
function carries({ pathname }: URL, method = "GET"): "info" | "runs" | undefined {
  if (pathname.endsWith("/info") && method === "GET") return "info";
  return /\/runs(?:\/(?:batch|multipart|[\da-f-]{36}))?$/u.test(pathname) && /^(?:POST|PATCH)$/u.test(method)
    ? "runs"
    : undefined;
}

/** An answer in the server's place. Without knowing better, runs are sent one batch at a time. */
const taken = (kind: "info" | "runs"): Response => Response.json({}, { status: kind === "info" ? 200 : 202 });

function reasonOf(failure: unknown): string {
  if (failure === 401 || failure === 403) return `the key was refused (${failure})`;
  if (typeof failure === "number") return `the server answered ${failure}`;
  if (!(failure instanceof Error)) return "unknown failure";
  if (failure.name === "TimeoutError") return "no answer in time";
  const { cause } = failure;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
  return code === "ECONNREFUSED" ? "nobody answers there" : redact(code ?? failure.message).slice(0, 200);
}
