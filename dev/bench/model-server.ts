import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

/** One logged request of the stand-in model server; times in milliseconds since the epoch. */
export interface LoggedCall {
  kind: string;
  start: number;
  first: number;
  end: number;
  concurrent: number;
  messages: { role: string; content: string }[];
  reply: string;
}

/** A running stand-in model server. */
export interface ModelServer {
  baseURL: string;
  calls(): Promise<LoggedCall[]>;
  stop(): void;
}

/** Starts the stand-in model server with a latency; every request is logged to `logFile`. */
export async function startModelServer(
  script: string,
  latencyMs: number,
  logFile: string,
): Promise<ModelServer> {
  const child: ChildProcess = spawn(
    process.execPath,
    [script, "--latency", String(latencyMs), "--log", logFile],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  if (!child.stdout) throw new Error("the model server has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const { baseURL }: { baseURL: string } = JSON.parse(line);
    return {
      baseURL,
      async calls() {
        const text = await readFile(logFile, "utf8").catch(() => "");
        return text
          .split("\n")
          .filter((entry) => entry !== "")
          .map((entry): LoggedCall => JSON.parse(entry))
          .filter((entry) => entry.kind === "chat");
      },
      stop: () => child.kill("SIGTERM"),
    };
  }
  throw new Error("the model server did not start");
}
