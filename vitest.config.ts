import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // The examples import the package by its name, as a reader will; here that is the source (tsconfig.json, paths).
    alias: [
      { find: /^langgraph-simulacra\/(\w+)$/u, replacement: `${import.meta.dirname}/$1/index.ts` },
      { find: /^langgraph-simulacra$/u, replacement: `${import.meta.dirname}/index.ts` },
    ],
  },
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "dist/**"],
    testTimeout: 30_000,
    // Two cores are common; more workers only wait for each other.
    maxWorkers: 2,
  },
});
