import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { graphSettings, HnswGraph } from "./hnsw-graph.js";
import { processRuns } from "./lease.js";

/** What a saved graph was made of; it is used only where all of it is still true. */
const manifestSchema = z.object({
  format: z.literal(1),
  /** Which store, which vectors of it, and the last change that is in the graph. */
  store: z.string(),
  vectors: z.string(),
  sequence: z.number().int(),
  dimensions: z.number().int(),
  m: z.literal(graphSettings.m),
  efConstruction: z.literal(graphSettings.efConstruction),
  size: z.number().int(),
  dead: z.array(z.number().int()),
  bytes: z.number().int(),
  sha256: z.string(),
});
export type GraphManifest = z.infer<typeof manifestSchema>;

/** What a graph has to match to be used with a store. */
export type GraphOrigin = Pick<GraphManifest, "store" | "vectors" | "dimensions">;

/** The files of a saved graph, beside the store's. */
export function graphFiles(path: string): { graph: string; manifest: string } {
  return { graph: `${path}.hnsw`, manifest: `${path}.hnsw.json` };
}

/**
 * Saves a graph: written under other names, flushed, then renamed, the manifest last. A process that dies in between
 * leaves a pair that does not match, which is built again.
 */
export function saveGraph(
  path: string,
  graph: HnswGraph,
  origin: GraphOrigin,
  sequence: number,
): GraphManifest {
  const files = graphFiles(path);
  const part = `.${process.pid}.part`;
  try {
    graph.write(files.graph + part);
    flush(files.graph + part);
    const manifest: GraphManifest = {
      format: 1,
      ...origin,
      sequence,
      ...graphSettings,
      size: graph.size,
      dead: graph.deadIds(),
      bytes: statSync(files.graph + part).size,
      sha256: checksum(files.graph + part),
    };
    writeFileSync(files.manifest + part, `${JSON.stringify(manifest, null, 2)}\n`);
    flush(files.manifest + part);
    renameSync(files.graph + part, files.graph);
    renameSync(files.manifest + part, files.manifest);
    flush(dirname(path));
    return manifest;
  } finally {
    rmSync(files.graph + part, { force: true });
    rmSync(files.manifest + part, { force: true });
  }
}

/** The manifest beside a store where it belongs to these vectors; undefined where there is none or it is of others. */
export function readManifest(path: string, origin: GraphOrigin): GraphManifest | undefined {
  const { manifest } = graphFiles(path);
  if (!existsSync(manifest)) return undefined;
  try {
    const found = manifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8")));
    const same = found.store === origin.store && found.vectors === origin.vectors;
    return same && found.dimensions === origin.dimensions ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The graph that a manifest describes; undefined where its file is missing or is not byte for byte what was saved. */
export function loadGraph(path: string, manifest: GraphManifest, ef: number): HnswGraph | undefined {
  const { graph } = graphFiles(path);
  if (!existsSync(graph) || statSync(graph).size !== manifest.bytes) return undefined;
  if (checksum(graph) !== manifest.sha256) return undefined;
  return HnswGraph.read(graph, manifest, ef);
}

/** Removes what processes that died while saving left half-written. */
export function removeHalfWritten(path: string): void {
  const ours = Object.values(graphFiles(path)).map((file) => basename(file));
  for (const name of readdirSync(dirname(path))) {
    const [, file, writer] = /^(.*)\.(\d+)\.part$/u.exec(name) ?? [];
    if (file === undefined || !ours.includes(file) || processRuns(Number(writer))) continue;
    rmSync(join(dirname(path), name), { force: true });
  }
}

export function removeGraph(path: string): void {
  removeHalfWritten(path);
  const files = graphFiles(path);
  rmSync(files.manifest, { force: true });
  rmSync(files.graph, { force: true });
}

function checksum(file: string): string {
  const hash = createHash("sha256");
  const block = Buffer.allocUnsafe(1 << 22);
  const handle = openSync(file, "r");
  try {
    for (let read = readSync(handle, block); read > 0; read = readSync(handle, block)) {
      hash.update(read === block.length ? block : block.subarray(0, read));
    }
    return hash.digest("hex");
  } finally {
    closeSync(handle);
  }
}

function flush(file: string): void {
  const handle = openSync(file, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
