import { expect, it } from "vitest";
import { FaultyModelServer } from "../dev/doubles/models/faulty-model-server.js";
import { detectLocalServers } from "./local-servers.js";

it("finds the servers that answer, and the line that uses one, without waiting for the others", async () => {
  const server = await FaultyModelServer.start();
  try {
    const ports = { Ollama: server.port, "LM Studio": 9 };
    const baseURL = `http://127.0.0.1:${server.port}/v1`;
    expect(await detectLocalServers({ ports })).toEqual([
      {
        name: "Ollama",
        baseURL,
        models: ["nomic-embed", "small:1b"],
        line: `OPENAI_BASE_URL=${baseURL} SIMULACRA_MODEL=openai:small:1b`,
      },
    ]);
  } finally {
    await server.close();
  }
});

it("finds none where something else listens", async () => {
  const { createServer } = await import("node:net");
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await new Promise((resolve) => silent.once("listening", resolve));
  try {
    const { port } = silent.address() as { port: number };
    const start = performance.now();
    expect(await detectLocalServers({ ports: { "llama.cpp": port }, timeoutMs: 100 })).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3_000);
  } finally {
    silent.close();
  }
});
