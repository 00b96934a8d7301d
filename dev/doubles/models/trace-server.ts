import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

const runSchema = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  run_type: z.string().optional(),
  trace_id: z.string().optional(),
  dotted_order: z.string().optional(),
  parent_run_id: z.string().nullish(),
  session_name: z.string().optional(),
  tags: z.array(z.string()).nullish(),
  error: z.string().nullish(),
  end_time: z.union([z.string(), z.number()]).nullish(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
  extra: z.looseObject({ metadata: z.record(z.string(), z.unknown()).optional() }).nullish(),
});
/** A run as it was told to the server, put together from its beginning and its end. */
export type IngestedRun = z.infer<typeof runSchema>;

/** A run with those below it, in the order they began. */
export interface RunNode extends IngestedRun {
  children: RunNode[];
}

/** What the server does with every request. */
export interface TraceServerOptions {
  /** `slow` takes requests and never answers; a number is the status of every answer. @default "well" */
  manner?: "well" | "slow" | number;
  /** What /info offers. @default multipart without gzip */
  multipart?: boolean;
  gzip?: boolean;
}

/**
 * A server for tests, on loopback, that speaks LangSmith's ingest protocol (GET /info, POST /runs/multipart and
 * /runs/batch, POST and PATCH of one run, gzip) and gives the runs back as trees.
 */
export class TraceServer {
  /** All that was sent, unpacked: path, headers and body as text. */
  readonly requests: { path: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  readonly runs = new Map<string, IngestedRun>();
  readonly #server: Server;
  #port = 0;

  private constructor(readonly options: TraceServerOptions) {
    this.#server = createServer((request, response) => {
      this.#take(request, response).catch(() => response.writeHead(422).end());
    });
  }

  static async start(options: TraceServerOptions = {}): Promise<TraceServer> {
    const server = new TraceServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    server.#port = (server.#server.address() as AddressInfo).port;
    return server;
  }

  /** Stays the same when the server is closed. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The environment under which LangChain sends its runs here. */
  get env(): Record<string, string> {
    return {
      LANGSMITH_TRACING: "true",
      LANGSMITH_ENDPOINT: this.url,
      LANGSMITH_API_KEY: "lsv2_pt_key-of-the-tests",
      LANGSMITH_PROJECT: "simulacra-tests",
    };
  }

  /** Everything received, as one text to search in. */
  get everything(): string {
    return this.requests.map(({ body }) => body).join("\n");
  }

  /** The traces: each root with all below it. */
  trees(): RunNode[] {
    const nodes = new Map<string, RunNode>();
    const roots: RunNode[] = [];
    const ordered = [...this.runs.values()].sort((a, b) =>
      (a.dotted_order ?? "") < (b.dotted_order ?? "") ? -1 : 1,
    );
    // A dotted order holds the ids of all above, joined by dots, each behind the time it began and a Z.
    for (const run of ordered) {
      const ids = (run.dotted_order ?? "").split(".").map((part) => part.slice(part.indexOf("Z") + 1));
      const node = { ...run, children: [] };
      nodes.set(run.id, node);
      const parent = nodes.get(ids.at(-2) ?? "");
      if (parent) parent.children.push(node);
      else roots.push(node);
    }
    return roots;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { manner = "well", multipart = true, gzip = false } = this.options;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = Buffer.concat(chunks);
    const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
    const path = new URL(request.url ?? "/", this.url).pathname;
    this.requests.push({ path, headers: request.headers, body: body.toString("utf8") });
    if (manner === "slow") return;
    if (manner !== "well") {
      response.writeHead(manner, { "content-type": "application/json" }).end('{"detail":"as scripted"}');
      return;
    }
    const info = {
      version: "0.12.0",
      instance_flags: { gzip_body_enabled: gzip },
      batch_ingest_config: {
        use_multipart_endpoint: multipart,
        size_limit: 100,
        size_limit_bytes: 20_000_000,
      },
    };
    if (path === "/runs/multipart") await this.#parts(body, request.headers["content-type"] ?? "");
    else if (path === "/runs/batch") {
      const { post = [], patch = [] } = JSON.parse(body.toString()) as Record<string, unknown[]>;
      for (const run of [...post, ...patch]) this.#note(run);
    } else if (path.startsWith("/runs")) {
      this.#note({ ...JSON.parse(body.toString()), ...(path.length > 6 && { id: path.slice(6) }) });
    }
    const status = path === "/info" ? 200 : path.startsWith("/runs") ? 202 : 404;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(path === "/info" ? info : {}));
  }

  /** Parts are named `post.ID`, `patch.ID`, and `post.ID.inputs` for what is large. */
  async #parts(body: Buffer, type: string): Promise<void> {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const runs = new Map<string, Record<string, unknown>>();
    for (const [name, value] of form) {
      const [event = "", id = "", field] = name.split(".");
      const said: unknown = JSON.parse(typeof value === "string" ? value : await value.text());
      const run = runs.get(event + id) ?? { id };
      runs.set(event + id, run);
      if (field === undefined) Object.assign(run, said);
      else run[field] = said;
    }
    for (const run of runs.values()) this.#note(run);
  }

  #note(told: unknown): void {
    const run = runSchema.parse(told);
    const known = this.runs.get(run.id) ?? {};
    const news = Object.fromEntries(Object.entries(run).filter(([, value]) => value != null));
    this.runs.set(run.id, { ...known, ...news, id: run.id });
  }
}
