import { readFile, stat } from "node:fs/promises";
import { reasonOf } from "./errors.js";
import type { Problem } from "./problem.js";
import { withPlainLineEnds } from "./prose/line-ends.js";

/** Largest files that are read, in bytes. A story of 5 MB has about 900,000 words. */
export const fileSizeLimits = { story: 5_000_000, biography: 1_000_000, json: 50_000_000 } as const;

/** The text of a file, or why it cannot be had. `missing` is true when there is no such file. */
export type TextFileResult =
  | { readonly text: string }
  | { readonly reason: string; readonly missing: boolean };

/** Takes out control characters (all but line end and tab) and halves of characters. Changes no other character. */
export function withoutControlCharacters(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}|\p{Cs}/gu, "");
}

function asText(bytes: Buffer): TextFileResult {
  const start = bytes.subarray(0, 2).toString("hex");
  if (start === "fffe" || start === "feff")
    return { reason: "is not UTF-8 but UTF-16: save it again as UTF-8", missing: false };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const line = bytes.toString("utf8").split("\uFFFD", 1)[0]?.split("\n").length ?? 1;
    return {
      reason: `is not UTF-8 (first unreadable character in line ${line}): save it again as UTF-8`,
      missing: false,
    };
  }
  if (text.includes("\0"))
    return { reason: "is not a text in UTF-8 (it holds zero bytes): save it again as UTF-8", missing: false };
  return { text: withoutControlCharacters(withPlainLineEnds(text)) };
}

/**
 * Reads a text strictly as UTF-8: the byte order mark is dropped, line ends become `\n`, control characters vanish.
 * Never throws for what is wrong with the file itself.
 */
export async function readTextFile(path: string, maxBytes: number): Promise<TextFileResult> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes)
      return { reason: `has ${size} bytes, but at most ${maxBytes} are read`, missing: false };
    return asText(await readFile(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return { reason: "there is no such file", missing: true };
    if (code === "EISDIR") return { reason: "is a folder, not a file", missing: false };
    return { reason: `cannot be read (${code ?? String(error)})`, missing: false };
  }
}

/** The content of a JSON file with control characters gone from its texts, or the problem with it. */
export type JsonFileResult =
  | { readonly value: unknown }
  | { readonly problem: Problem; readonly missing: boolean };

/** Reads a JSON file as `readTextFile` reads text. `name` is how the file is called in a problem. */
export async function readJsonFile(path: string, name: string): Promise<JsonFileResult> {
  const result = await readTextFile(path, fileSizeLimits.json);
  if ("reason" in result)
    return { problem: { file: name, reason: result.reason, kind: "broken" }, missing: result.missing };
  try {
    return {
      value: JSON.parse(result.text, (_key, value: unknown) =>
        typeof value === "string" ? withoutControlCharacters(value) : value,
      ),
    };
  } catch (error) {
    const reason = `is not valid JSON: ${jsonErrorInWords(result.text, error)}`;
    return { problem: { file: name, reason, kind: "broken" }, missing: false };
  }
}

function jsonErrorInWords(text: string, error: unknown): string {
  if (text.trim() === "") return "the file is empty";
  const message = reasonOf(error);
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined || Number(position) >= text.trimEnd().length) return "the file ends too early";
  const line = text.slice(0, Number(position)).split("\n").length;
  const near = text.slice(Math.max(0, Number(position) - 20), Number(position) + 20).replace(/\s+/g, " ");
  return `line ${line}, near ${JSON.stringify(near)} (a comma, bracket or quote too many or too few)`;
}
