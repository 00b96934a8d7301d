import { terms } from "../ranking/terms.js";

/** What the indexes need to know about a stored value. */
export interface IndexedText {
  /** Normalised terms of the text, in order, with repeats. */
  terms: readonly string[];
  /** What is embedded. */
  dense: string;
  superseded: boolean;
  conversation: string | null;
  position: number | null;
}

/** Reads the indexed parts of a value; null where it has no text or must not be indexed. */
export function indexedText(
  value: Readonly<Record<string, unknown>>,
  known?: readonly string[],
): IndexedText | null {
  const dense = denseText(value);
  if (dense === null) return null;
  const turn = typeof value.conversation === "string" && Number.isSafeInteger(value.position);
  return {
    terms: known ?? terms(value.text as string),
    dense,
    superseded: typeof value.supersededBy === "string",
    conversation: turn ? (value.conversation as string) : null,
    position: turn ? (value.position as number) : null,
  };
}

/** The text of a value that is embedded; null where it has none. */
export function denseText(value: Readonly<Record<string, unknown>>): string | null {
  if (typeof value.text !== "string" || value.text.trim() === "") return null;
  return typeof value.denseText === "string" && value.denseText !== "" ? value.denseText : value.text;
}

/** The text that is embedded of a value as it is stored. */
export function denseTextOf(stored: string): string | null {
  return denseText(JSON.parse(stored) as Record<string, unknown>);
}

/** Terms as a line each: the form in which they are stored and split by the full-text index. */
export function joinTerms(list: readonly string[]): string {
  return list.join("\n");
}

export function splitTerms(lines: string): string[] {
  return lines === "" ? [] : lines.split("\n");
}
