import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { storeConformance } from "./conformance.js";
import { BruteForceStore } from "./in-memory/brute-force-store.js";
import { SqliteMemoryStore } from "./sqlite/sqlite-memory-store.js";

const runner = { describe, it, expect };
const inFile = () => join(mkdtempSync(join(tmpdir(), "store-")), "memory.sqlite");

storeConformance("brute force", async (options) => new BruteForceStore(options), runner);
storeConformance(
  "SQLite in memory",
  (options) => SqliteMemoryStore.open({ path: ":memory:", ...options }),
  runner,
);
storeConformance(
  "SQLite in a file",
  (options) => SqliteMemoryStore.open({ path: inFile(), ...options }),
  runner,
);
storeConformance(
  "SQLite with an HNSW index from the first record on",
  (options) => SqliteMemoryStore.open({ path: inFile(), exactBelow: 0, ...options }),
  runner,
);
storeConformance("layer in memory", async (options) => new BruteForceStore(options).layer(), runner);
storeConformance(
  "layer over SQLite in a file",
  async (options) => (await SqliteMemoryStore.open({ path: inFile(), ...options })).layer(),
  runner,
);
storeConformance(
  "layer over a layer",
  async (options) => (await SqliteMemoryStore.open({ path: ":memory:", ...options })).layer().layer(),
  runner,
);
