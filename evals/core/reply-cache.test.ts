import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HumanMessage } from "@langchain/core/messages";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { callText, clientOf } from "../../models/index.js";
import { ReplyCache } from "./reply-cache.js";
import { SessionScope } from "./session-scope.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cache-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function ask(path: string, repeat: number, said = "How old are you?") {
  const cache = new ReplyCache(path);
  const model = clientOf(new FakeListChatModel({ responses: ["29", "30", "31"], cache } as never));
  const scope = new SessionScope(String(repeat));
  const replies: string[] = [];
  await scope.run(async () => {
    for (let call = 0; call < 2; call++)
      replies.push((await callText({ model, messages: [new HumanMessage(said)], role: "respond" })).text);
  });
  cache.close();
  return { replies, cached: scope.usage.cached.snapshot().calls };
}

it("answers the same call of the same repeat from the file, and counts it in the usage of the item", async () => {
  const path = join(folder, "cache.sqlite");
  expect(await ask(path, 1)).toEqual({ replies: ["29", "29"], cached: 1 });
  expect(await ask(path, 1)).toEqual({ replies: ["29", "29"], cached: 2 });
});

it("never answers one repeat by another, nor another question", async () => {
  const path = join(folder, "cache.sqlite");
  await ask(path, 1);
  expect((await ask(path, 2)).cached).toBe(1);
  expect((await ask(path, 1, "How tall are you?")).cached).toBe(1);
});

it("a damaged file of replies may be deleted, and that is said", () => {
  const path = join(folder, "cache.sqlite");
  writeFileSync(path, "no database at all, whatever its name says".repeat(50));
  expect(() => new ReplyCache(path)).toThrow(
    /kept replies .* are damaged\. Delete that file .*nothing is lost/u,
  );
});
