import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { Violation } from "../violation.js";

/** None of these words stands in any file under a folder, in any of the ways in which text is written. */
export function nothingOnDisk(invariant: string, folder: string, words: readonly string[]): Violation[] {
  if (words.length === 0) return [];
  const found: Violation[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = join(folder, name);
    if (!statSync(file).isFile()) continue;
    const content = readFileSync(file);
    const wide = content.includes(0) ? [content, content.subarray(1)] : [];
    const texts = [content.toString("latin1"), ...wide.map((bytes) => bytes.toString("utf16le"))];
    for (const word of words)
      if (texts.some((text) => text.includes(word)))
        found.push({ invariant, what: `${word} stands in ${relative(folder, file)}` });
  }
  return found;
}
