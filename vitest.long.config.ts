import { defineConfig, mergeConfig } from "vitest/config";
import usual from "./vitest.config.js";

// npm run long-test: what takes too long for npm test (the README as it stands, servers that are killed, keys looked for everywhere, whole runs).
export default mergeConfig(
  { ...usual, test: { ...usual.test, include: [] } },
  defineConfig({ test: { include: ["**/*.long.ts"], testTimeout: 120_000 } }),
);
