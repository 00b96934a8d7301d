import { expect, it } from "vitest";
import { checkNativeModules } from "./machine-checks.js";

it("warns where the vector index is missing, and says from how many memories on it matters", async () => {
  expect((await checkNativeModules()).map(({ status }) => status)).toEqual(["ok", "ok"]);
  const missing = (name: string) => () => Promise.reject(new Error(`Cannot find module '${name}'`));
  const [database, index] = await checkNativeModules({
    "better-sqlite3": missing("better-sqlite3"),
    "hnswlib-node": missing("hnswlib-node"),
  });
  expect(database).toMatchObject({ status: "fail", advice: expect.stringContaining("npm rebuild") });
  expect(index).toMatchObject({
    status: "warn",
    detail: "does not load: Cannot find module 'hnswlib-node'",
    advice: expect.stringMatching(/from 20,000 memories on.*rag.*npm install hnswlib-node/u),
  });
});
