import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { errorInText, NOT_THE_PROTOCOL, statusOf } from "./error-body.js";
import { asEventStream, type BesideReply, mendedCompletion, mendedLine } from "./event-lines.js";
import { copyOf } from "./model-copy.js";

/** One call as its connection sees it. */
export interface CallWatch extends BesideReply {
  /** Told of everything that comes, were it a comment: the server lives. */
  alive(): void;
}

type Fetch = typeof globalThis.fetch;
type FetchInit = RequestInit & { watch?: CallWatch };

/** The options with which a call of ChatOpenAI or its kin tells its connection who watches. */
export function watched<T extends object>(options: T, watch: CallWatch): T {
  const { options: more, fetchOptions } = options as { options?: object; fetchOptions?: object };
  const told = { fetchOptions: { ...fetchOptions, watch } };
  // A reply that is not streamed takes its options from `options`.
  return { ...options, ...told, options: { ...more, ...told } };
}

/** Whether a model is asked through OpenAI's client. */
export const asksThroughOpenAI = (model: BaseChatModel): boolean => "_getClientOptions" in model;

/** A copy of a model of OpenAI's protocol that understands servers which speak it with an accent. */
export function withTolerantConnection<T extends BaseChatModel>(model: T): T {
  if (!asksThroughOpenAI(model)) return model;
  return copyOf(model, (part) => {
    const config = Object(Reflect.get(part, "clientConfig")) as { fetch?: Fetch };
    const made: unknown = Reflect.get(part, "client");
    // Somebody's own client is called as it is.
    if (made !== undefined && !("fetch" in Object(made))) return [];
    const own = config.fetch;
    const fetch = tolerantFetch(own ?? ((...call) => globalThis.fetch(...call)));
    return [
      ["clientConfig", { ...config, fetch }],
      ["client", undefined],
    ];
  });
}

/**
 * A `fetch` that gives every answer of a chat server in the form of OpenAI's: error bodies in its envelope, errors with
 * status 200 as failures, a whole reply as the stream that was asked for. Other addresses are left alone.
 */
export const tolerantFetch =
  (fetch: Fetch): Fetch =>
  async (input, init) => {
    const { watch = { alive: () => {}, refusal: "" }, ...plain }: FetchInit = init ?? {};
    const response = await fetch(input, plain);
    const url = input instanceof Request ? input.url : String(input);
    if (!/\/completions(?:$|\?)/u.test(url)) return response;
    watch.alive();
    if (!response.ok) return failure(errorInText(await response.text()), response);
    const streamed = typeof plain.body === "string" && /"stream":\s*true/u.test(plain.body);
    const text = textOf(response, watch);
    const head = await headOf(text);
    if (streamed && !/^\s*(?:[{[<]|$)/u.test(head))
      return asStream(mendedEvents(head, text, watch), response);
    return whole(head + (await restOf(text)), streamed, response, watch);
  };

/** The text of a body as it comes. */
async function* textOf({ body }: Response, watch: CallWatch): AsyncGenerator<string> {
  if (!body) return;
  const decoder = new TextDecoder();
  for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
    watch.alive();
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

/** The beginning, up to the first piece that holds more than blank space. */
async function headOf(text: AsyncGenerator<string>): Promise<string> {
  let head = "";
  while (head.trim() === "") {
    const next = await text.next();
    if (next.done) break;
    head += next.value;
  }
  return head;
}

async function restOf(text: AsyncGenerator<string>): Promise<string> {
  let rest = "";
  for await (const piece of text) rest += piece;
  return rest;
}

/** An answer that came in one piece: a reply, an error with status 200, or something else altogether. */
function whole(text: string, streamed: boolean, response: Response, watch: CallWatch): Response {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    // A page or nothing: no words of a model server.
    const { message } = errorInText(text);
    return failure({ message: message.slice(0, 200), code: NOT_THE_PROTOCOL }, response, 400);
  }
  const reply = mendedCompletion(data, watch);
  if (Reflect.get(reply, "error")) return failure(errorInText(text), response);
  const body = streamed ? asEventStream(reply) : JSON.stringify(reply);
  return new Response(body, {
    headers: headersOf(response, streamed ? "text/event-stream" : "application/json"),
  });
}

async function* mendedEvents(
  head: string,
  text: AsyncGenerator<string>,
  watch: CallWatch,
): AsyncGenerator<string> {
  let pending = head;
  try {
    for (;;) {
      const lines = pending.split("\n");
      pending = lines.pop() ?? "";
      if (lines.length > 0) yield lines.map((line) => `${mendedLine(line, watch)}\n`).join("");
      const next = await text.next();
      if (next.done) break;
      pending += next.value;
    }
    yield mendedLine(pending, watch);
  } finally {
    await text.return(undefined);
  }
}

function asStream(text: AsyncGenerator<string>, response: Response): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await text.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
  return new Response(body, { headers: headersOf(response, "text/event-stream") });
}

function failure(error: ReturnType<typeof errorInText>, response: Response, status?: number): Response {
  const given = response.ok ? (status ?? statusOf(error)) : response.status;
  const { message, ...more } = error;
  const envelope = { error: { ...more, ...(message !== "" && { message }) } };
  return new Response(JSON.stringify(envelope), {
    status: given,
    headers: headersOf(response, "application/json"),
  });
}

/** The headers of an answer whose body was written anew. */
function headersOf(response: Response, type: string): Headers {
  const headers = new Headers(response.headers);
  for (const name of ["content-length", "content-encoding", "transfer-encoding"]) headers.delete(name);
  headers.set("content-type", type);
  return headers;
}
