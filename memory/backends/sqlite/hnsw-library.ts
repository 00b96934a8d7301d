import { createRequire } from "node:module";

type HnswLibrary = Pick<typeof import("hnswlib-node"), "HierarchicalNSW">;

let library: HnswLibrary | null | undefined;

/**
 * hnswlib-node, loaded when it is first asked for; null where it is not installed or was compiled for another Node.js.
 * It is optional: without it all vectors are compared.
 */
export function hnswLibrary(): HnswLibrary | null {
  if (library === undefined) {
    try {
      library = createRequire(import.meta.url)("hnswlib-node") as HnswLibrary;
    } catch {
      library = null;
    }
  }
  return library;
}
