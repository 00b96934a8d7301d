import { appendFileSync, openSync } from "node:fs";
import { isBaseMessage } from "@langchain/core/messages";
import { BaseTracer, type Run } from "@langchain/core/tracers/base";
import { SimulacraError } from "../../data/errors.js";

/**
 * Writes one JSON line for each finished run (graph, node, model call) to a file, as it finishes:
 * `{id, parent, name, type, startedAt, ms, error?, messages?, text?, usage?}`. `messages` and `text` are what a model
 * was given and what it said; settings of the client (which may hold a key) are never written.
 */
export class FileTracer extends BaseTracer {
  readonly name = "simulacra_file_tracer";
  readonly #file: number;

  /** @throws SimulacraError `invalid_option` where the file cannot be written */
  constructor(path: string) {
    super();
    try {
      this.#file = openSync(path, "a", 0o600);
    } catch (cause) {
      throw new SimulacraError(
        "invalid_option",
        `--trace: cannot write ${path}.`,
        "user",
        { path },
        { cause },
      );
    }
  }

  override async onRunUpdate(run: Run): Promise<void> {
    if (run.end_time !== undefined) appendFileSync(this.#file, `${JSON.stringify(lineOf(run))}\n`);
  }

  protected override async persistRun(): Promise<void> {}
}

function lineOf(run: Run): Record<string, unknown> {
  const line: Record<string, unknown> = {
    id: run.id,
    parent: run.parent_run_id ?? null,
    name: run.name,
    type: run.run_type,
    startedAt: new Date(run.start_time).toISOString(),
    ms: Number(run.end_time) - Number(run.start_time),
  };
  // The first line says what happened; what follows is a stack.
  if (run.error !== undefined) line.error = String(run.error).split("\n", 1)[0];
  if (run.run_type === "llm") Object.assign(line, modelCall(run));
  return line;
}

function modelCall(run: Run): Record<string, unknown> {
  const batch: unknown = run.inputs.messages;
  const messages = Array.isArray(batch) ? batch.flat().filter(isBaseMessage) : [];
  const generation: unknown = run.outputs?.generations?.[0]?.[0];
  const reply =
    typeof generation === "object" && generation !== null && "message" in generation
      ? generation.message
      : undefined;
  return {
    messages: messages.map((message) => ({ role: message.getType(), content: message.text })),
    ...(isBaseMessage(reply)
      ? { text: reply.text, ...("usage_metadata" in reply ? { usage: reply.usage_metadata } : {}) }
      : {}),
  };
}
