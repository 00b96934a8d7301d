/** The members of a list by a key of theirs, in the order in which each key was first met. */
export function groupBy<T>(list: Iterable<T>, key: (member: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of list) {
    const name = key(member);
    const group = groups.get(name);
    if (group) group.push(member);
    else groups.set(name, [member]);
  }
  return groups;
}

/** How many members each group has. */
export const countBy = <T>(list: Iterable<T>, key: (member: T) => string): Record<string, number> =>
  Object.fromEntries([...groupBy(list, key)].map(([name, own]) => [name, own.length]));

const collator = new Intl.Collator("en", { numeric: true });

/** Order of names in which "item 2" comes before "item 10", the same on every machine. */
export const naturally = (a: string, b: string): number => collator.compare(a, b);

/** How many different ones there are. */
export const different = <T>(list: readonly T[], key: (member: T) => unknown): number =>
  new Set(list.map(key)).size;

/** Numbers its texts from 0, each once however often it is met. */
export class NumberedTexts {
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  get all(): string[] {
    return [...this.#numbers.keys()];
  }
}
