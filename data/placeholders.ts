/** A text that stands in a template until it is replaced: `[fill in: her occupation]`. */
export function placeholder(what: string): string {
  return `[fill in: ${what}]`;
}

const isPlaceholder = (text: string): boolean => /^\s*\[fill in\b[^\]]*\]\s*$/i.test(text);

/** A value without its placeholders, and the paths at which they stood. */
export interface FilledIn {
  /** Undefined when nothing but placeholders was there. */
  readonly value: unknown;
  readonly open: readonly (readonly PropertyKey[])[];
}

/** Takes the placeholders out of a JSON value; a list or group that holds nothing else goes with them. */
export function withoutPlaceholders(value: unknown, path: readonly PropertyKey[] = []): FilledIn {
  if (typeof value === "string")
    return isPlaceholder(value) ? { value: undefined, open: [path] } : { value, open: [] };
  if (typeof value !== "object" || value === null) return { value, open: [] };
  const list = Array.isArray(value);
  const parts = Object.entries(value).map(([key, inner]) => ({
    key,
    ...withoutPlaceholders(inner, [...path, list ? Number(key) : key]),
  }));
  const open = parts.flatMap((part) => part.open);
  if (open.length === 0) return { value, open };
  const kept = parts.filter((part) => part.value !== undefined);
  if (kept.length === 0) return { value: undefined, open };
  return {
    value: list
      ? kept.map((part) => part.value)
      : Object.fromEntries(kept.map((part) => [part.key, part.value])),
    open,
  };
}

/** Takes the paragraphs that are placeholders out of a text. */
export function withoutPlaceholderParagraphs(text: string): string {
  return text
    .split(/\n[ \t]*\n/)
    .filter((paragraph) => !isPlaceholder(paragraph))
    .join("\n\n");
}
