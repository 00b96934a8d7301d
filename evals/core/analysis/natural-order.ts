const collator = new Intl.Collator("en", { numeric: true });

/** Order of names in which "item 2" comes before "item 10", the same on every machine. */
export const naturally = (a: string, b: string): number => collator.compare(a, b);
