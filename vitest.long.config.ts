import { defineConfig } from "vitest/config";
import { resolve } from "./vitest.config.js";

// npm run long-test: what takes too long for npm test (the README as it stands, servers that are killed, keys looked for everywhere, whole runs).
export default defineConfig({
  resolve,
  test: {
    include: ["**/*.long.ts"],
    exclude: ["node_modules/**", "dist/**"],
    testTimeout: 120_000,
    maxWorkers: 2,
  },
});
