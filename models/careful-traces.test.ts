import { randomUUID } from "node:crypto";
import { Client } from "langsmith";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TraceServer, type TraceServerOptions } from "../dev/doubles/models/trace-server.js";
import { sendTracesCarefully } from "./careful-traces.js";

const fetchKey = Symbol.for("ls:fetch_implementation");
afterEach(() => {
  Reflect.deleteProperty(globalThis, fetchKey);
  vi.restoreAllMocks();
});

/** Sends one run with LangSmith's own client: how long it held the process, and what was told of. */
async function send(url: string, before?: () => void) {
  const warnings = [vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
  const lost: string[] = [];
  await sendTracesCarefully({
    probeMs: 200,
    sendMs: 400,
    onLost: (origin, reason) => lost.push(`${origin} ${reason}`),
  });
  before?.();
  const client = new Client({ apiUrl: url, apiKey: "none" });
  const start = performance.now();
  for (const name of ["first", "second"]) {
    await client.createRun({ id: randomUUID(), name, run_type: "chain", inputs: {}, trace_id: randomUUID() });
    await client.awaitPendingTraceBatches();
  }
  return { ms: performance.now() - start, lost, warned: warnings.flatMap(({ mock }) => mock.calls) };
}

describe("traces sent carefully", () => {
  it.each<[string, TraceServerOptions["manner"], RegExp]>([
    ["never answers", "slow", /no answer in time/u],
    ["answers 500", 500, /answered 500/u],
    ["answers 401", 401, /the key was refused/u],
  ])("gives up at once on a server that %s, and says so once", async (_what, manner = "well", reason) => {
    const server = await TraceServer.start({ manner });
    const { ms, lost, warned } = await send(server.url);
    await server.close();
    expect(ms).toBeLessThan(1_500);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatch(reason);
    expect(warned).toEqual([]);
  });

  it("gives up at once where nobody listens", async () => {
    const server = await TraceServer.start();
    const { url } = server;
    await server.close();
    const { ms, lost, warned } = await send(url);
    expect(ms).toBeLessThan(1_500);
    expect(lost).toEqual([`${url} nobody answers there`]);
    expect(warned).toEqual([]);
  });

  it.each([{}, { gzip: true }, { multipart: false }])(
    "delivers to a server that offers %o",
    async (offer) => {
      const server = await TraceServer.start(offer);
      const { lost } = await send(server.url);
      expect(server.trees().map(({ name }) => name)).toEqual(["first", "second"]);
      expect(lost).toEqual([]);
      await server.close();
    },
  );

  it("leaves other requests of LangSmith's client alone", async () => {
    const server = await TraceServer.start({ manner: 401 });
    await sendTracesCarefully();
    await expect(
      new Client({ apiUrl: server.url, apiKey: "none" }).readProject({ projectName: "x" }),
    ).rejects.toThrow();
    await server.close();
  });
});
