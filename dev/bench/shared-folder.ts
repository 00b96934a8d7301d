import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * A file or folder of the measuring data that lies beside the project and is never part of it.
 * Null, after a message on stderr, where it is not there.
 */
export function sharedFolder(path: string): string | null {
  const found = fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));
  if (existsSync(found)) return found;
  process.stderr.write(`skipped: ${path} is not beside the project\n`);
  return null;
}
