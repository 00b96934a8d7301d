import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** A model server of another process whose replies only the prompt decides. */
export interface PromptHashServer {
  baseURL: string;
  /** Chat requests seen so far. */
  seen(): Promise<number>;
  stop(): void;
}

/** Starts it with a latency in milliseconds. */
export async function startPromptHashServer(latencyMs: number): Promise<PromptHashServer> {
  const script = fileURLToPath(new URL("./prompt-hash-server.ts", import.meta.url));
  const child = fork(script, [String(latencyMs)], { execArgv: ["--import", "tsx"] });
  const [ready] = await once(child, "message");
  return {
    ...z.object({ baseURL: z.string() }).parse(ready),
    async seen() {
      child.send("count");
      const [answer] = await once(child, "message");
      return z.object({ seen: z.number() }).parse(answer).seen;
    },
    stop: () => child.disconnect(),
  };
}
