import {
  InvalidNamespaceError,
  type ListNamespacesOperation,
  type MatchCondition,
} from "@langchain/langgraph-checkpoint";

/**
 * Refuses what LangGraph refuses: no labels, labels that are not text or are empty, the root "langgraph".
 * Labels may hold any other character. (LangGraph's own `put` also refuses a period; `batch` takes it.)
 * @throws InvalidNamespaceError
 */
export function validateNamespace(namespace: readonly string[]): void {
  if (namespace.length === 0) throw new InvalidNamespaceError("Namespace cannot be empty.");
  for (const label of namespace) {
    if (typeof label !== "string") {
      throw new InvalidNamespaceError(
        `Namespace labels must be strings, but got ${typeof label} in ${JSON.stringify(namespace)}.`,
      );
    }
    if (label === "") {
      throw new InvalidNamespaceError(
        `Namespace labels cannot be empty strings. Got ${JSON.stringify(namespace)}.`,
      );
    }
  }
  if (namespace[0] === "langgraph") {
    throw new InvalidNamespaceError(
      `Root label for namespace cannot be "langgraph". Got: ${JSON.stringify(namespace)}.`,
    );
  }
}

/** Text form of a namespace: a JSON array, in which a label cannot run into the next one. */
export function encodeNamespace(namespace: readonly string[]): string {
  return JSON.stringify(namespace);
}

/** Inverse of {@link encodeNamespace}. */
export function decodeNamespace(path: string): string[] {
  return JSON.parse(path) as string[];
}

/**
 * The paths under a prefix, as first and last of one range over text: from `["u","1",` to `["u","1"]` itself. Nothing
 * but a comma or the bracket follows a label, so that `u/10` is never under `u/1`.
 */
export function prefixRange(prefix: readonly string[]): [from: string, to: string] {
  const path = encodeNamespace(prefix);
  return prefix.length === 0 ? ["[", "\\"] : [`${path.slice(0, -1)},`, path];
}

/** Puts hits of a search in their order: the best first. */
export const bestFirst = <T extends { score?: number }>(hits: readonly T[]): T[] => {
  const score = (hit: T) => hit.score ?? Number.NEGATIVE_INFINITY;
  return [...hits].sort((left, right) => score(right) - score(left) || 0);
};

/** Puts items in the order of listings: by namespace, then by key, both as SQLite compares text. */
export function inListingOrder<T extends { namespace: string[]; key: string }>(items: readonly T[]): T[] {
  const bytes = ({ namespace, key }: T) =>
    [Buffer.from(encodeNamespace(namespace)), Buffer.from(key)] as const;
  return items
    .map((item) => ({ item, at: bytes(item) }))
    .sort((left, right) => left.at[0].compare(right.at[0]) || left.at[1].compare(right.at[1]))
    .map(({ item }) => item);
}

/** True where every label of the prefix equals the namespace's label at its place. */
export function startsWith(namespace: readonly string[], prefix: readonly string[]): boolean {
  return prefix.length <= namespace.length && prefix.every((label, index) => namespace[index] === label);
}

/** Applies the conditions, depth, order and page of a listing to namespaces in which something is stored. */
export function listNamespaces(
  namespaces: readonly string[][],
  operation: ListNamespacesOperation,
): string[][] {
  const { matchConditions = [], maxDepth, limit, offset = 0 } = operation;
  const found = new Map<string, string[]>();
  for (const namespace of namespaces) {
    if (!matchConditions.every((condition) => matches(namespace, condition))) continue;
    const shown = maxDepth === undefined ? namespace : namespace.slice(0, maxDepth);
    found.set(encodeNamespace(shown), shown);
  }
  const sorted = [...found].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return sorted.slice(offset, limit === undefined ? undefined : offset + limit).map(([, labels]) => labels);
}

function matches(namespace: readonly string[], { matchType, path }: MatchCondition): boolean {
  if (path.length > namespace.length) return false;
  const start = matchType === "prefix" ? 0 : namespace.length - path.length;
  return path.every((label, index) => label === "*" || namespace[start + index] === label);
}
