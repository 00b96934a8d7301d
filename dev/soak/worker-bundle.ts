import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Packages with native code, or that the workers never load. */
const outside = ["better-sqlite3", "hnswlib-node", "@langchain/community", "@energetic-ai/*"];

/**
 * Puts the worker's program, with all it imports, into one file: it starts in a fifth of a second instead of two, and a
 * thousand kills are a thousand starts. Gives the file, and what removes it.
 */
export async function bundledWorker(): Promise<{ file: string; remove(): void }> {
  // Below node_modules, so that native packages are found from it.
  const cache = fileURLToPath(new URL("../../node_modules/.cache/soak", import.meta.url));
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `worker-${process.pid}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: file,
    external: outside,
    logLevel: "error",
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  });
  return { file, remove: () => rmSync(file, { force: true }) };
}
