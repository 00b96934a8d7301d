import { readFile } from "node:fs/promises";
import { z } from "zod";

const packageSchema = z.object({ name: z.literal("langgraph-simulacra"), version: z.string() });

/** The version of this package, from its package.json: one folder up from the sources, two from the build. */
export async function packageVersion(): Promise<string> {
  for (const place of ["../package.json", "../../package.json"]) {
    const text = await readFile(new URL(place, import.meta.url), "utf8").catch(() => "null");
    const parsed = packageSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data.version;
  }
  return "unknown";
}
