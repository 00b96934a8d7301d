import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { methodIds } from "../../graphs/methods.js";
import * as graphs from "../studio.js";

it("every method is served, under its own name", () => {
  const served = JSON.parse(readFileSync(new URL("../../langgraph.json", import.meta.url), "utf8")).graphs;
  const exported = new Map(Object.entries(graphs));
  for (const id of methodIds) {
    expect(exported.get(id)).toBeTypeOf("function");
    expect(served[id]).toBe(`./apps/studio.ts:${id}`);
  }
});
