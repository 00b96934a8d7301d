import { defineConfig } from "vitest/config";

/** Tests of what a process has only one of: its environment, its tracers, its signals. */
const apart = ["models/secrets.test.ts", "models/send-traces.test.ts", "apps/cli/**/*.test.ts"];
const outside = ["node_modules/**", "dist/**"];

/** The examples import the package by its name, as a reader will; here that is the source (tsconfig.json, paths). */
export const resolve = {
  alias: [
    { find: /^langgraph-simulacra\/(\w+)$/u, replacement: `${import.meta.dirname}/$1/index.ts` },
    { find: /^langgraph-simulacra$/u, replacement: `${import.meta.dirname}/index.ts` },
  ],
};

export default defineConfig({
  resolve,
  test: {
    testTimeout: 30_000,
    // Two cores are common; more workers only wait for each other.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "apart", include: apart, exclude: outside } },
      // LangChain takes longer to load than most of these files to run: they share what is loaded.
      {
        extends: true,
        test: {
          name: "together",
          include: ["**/*.test.ts"],
          exclude: [...outside, ...apart],
          isolate: false,
        },
      },
    ],
  },
});
