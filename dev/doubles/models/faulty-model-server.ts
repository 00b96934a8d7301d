import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What the server does with one request. */
export interface Behaviour {
  /** The reply, or its chunks as streamed. @default "Good." */
  reply?: string | readonly string[];
  /** Sent as `reasoning_content` before the reply. */
  reasoning?: string;
  /** Leaves the usage out. @default false */
  noUsage?: boolean;
  /** Wait between chunks in milliseconds. @default 0 */
  gapMs?: number;
  /** Wait before anything in milliseconds. @default 0 */
  latencyMs?: number;
  /** Answers with this status and no reply. */
  status?: number;
  /** Message of the error body. */
  message?: string;
  headers?: Record<string, string>;
  /** How requests for embeddings fail. @default they do not */
  embeddings?: { status: number; message?: string };
  /** Never answers; stops after two chunks; cuts the connection at once; cuts it after two chunks. */
  fault?: "hang" | "hang-midway" | "reset" | "drop";
}

/** A request as the server saw it. */
export interface SeenRequest {
  body: Record<string, unknown> & { messages: { role: string; content: string }[]; stream?: boolean };
  headers: IncomingMessage["headers"];
  at: number;
}

/**
 * A model server for tests, on loopback, that speaks enough of OpenAI's protocol to go wrong in every way we handle.
 * Requests take the behaviours in order, the last one stays; or a function chooses.
 */
export class FaultyModelServer {
  readonly requests: SeenRequest[] = [];
  /** Most requests at the same time. */
  peak = 0;
  #running = 0;
  readonly #server: Server;
  readonly #choose: (request: SeenRequest) => Behaviour;

  private constructor(choose: (request: SeenRequest) => Behaviour) {
    this.#choose = choose;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(...behaviours: Behaviour[]): Promise<FaultyModelServer> {
    let served = 0;
    return FaultyModelServer.choosing(() => behaviours[Math.min(++served, behaviours.length) - 1] ?? {});
  }

  static async choosing(choose: (request: SeenRequest) => Behaviour): Promise<FaultyModelServer> {
    const server = new FaultyModelServer(choose);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get baseURL(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.url?.endsWith("/models")) {
      return json(response, 200, { object: "list", data: [{ id: "nomic-embed" }, { id: "small:1b" }] });
    }
    const body = JSON.parse(Buffer.concat(parts).toString() || "{}") as SeenRequest["body"];
    if (request.url?.endsWith("/embeddings")) {
      const { status, message = "stub failure" } =
        this.#choose({ body, headers: request.headers, at: 0 }).embeddings ?? {};
      if (status !== undefined) return json(response, status, { error: { message } });
      const inputs = [body.input].flat();
      return json(response, 200, { data: inputs.map((_, index) => ({ index, embedding: [1, 0, 0] })) });
    }
    const seen: SeenRequest = { body, headers: request.headers, at: performance.now() };
    this.requests.push(seen);
    const behaviour = this.#choose(seen);
    this.peak = Math.max(this.peak, ++this.#running);
    try {
      if (behaviour.latencyMs) await sleep(behaviour.latencyMs);
      await this.#behave(behaviour, body, response);
    } finally {
      this.#running--;
    }
  }

  async #behave(behaviour: Behaviour, body: SeenRequest["body"], response: ServerResponse): Promise<void> {
    const { status, message = "stub failure", headers = {}, fault } = behaviour;
    if (status !== undefined) return json(response, status, { error: { message } }, headers);
    if (fault === "hang") return;
    if (fault === "reset") return void response.destroy();
    const chunks = [behaviour.reply ?? "Good."].flat();
    const usage = behaviour.noUsage
      ? undefined
      : { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
    const base = { id: "chatcmpl-1", created: 1, model: body.model };
    if (!body.stream) {
      const said = {
        role: "assistant",
        content: chunks.join(""),
        ...(behaviour.reasoning && { reasoning_content: behaviour.reasoning }),
      };
      const choices = [{ index: 0, message: said, finish_reason: "stop" }];
      return json(response, 200, { ...base, object: "chat.completion", choices, ...(usage && { usage }) });
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (part: object): void => {
      response.write(`data: ${JSON.stringify({ ...base, object: "chat.completion.chunk", ...part })}\n\n`);
    };
    const delta = (fields: object, finish: string | null = null): void =>
      send({ choices: [{ index: 0, delta: fields, finish_reason: finish }] });
    delta({
      role: "assistant",
      content: "",
      ...(behaviour.reasoning && { reasoning_content: behaviour.reasoning }),
    });
    for (const [index, content] of chunks.entries()) {
      if (fault && index === 2) {
        // What was written must leave before the cut, or nobody has seen it.
        await sleep(20);
        return fault === "drop" ? void response.destroy() : undefined;
      }
      if (behaviour.gapMs && index > 0) await sleep(behaviour.gapMs);
      delta({ content });
    }
    delta({}, "stop");
    if (usage) send({ choices: [], usage });
    response.end("data: [DONE]\n\n");
  }
}

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
