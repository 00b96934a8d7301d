import type { z } from "zod";
import { issueInWords, keyInWords, type Problem } from "./problem.js";

type Path = readonly PropertyKey[];

/** What `parseTolerantly` made of a file: the value without its broken parts, and a problem for each of them. */
export interface TolerantResult<T> {
  readonly value?: T;
  readonly problems: Problem[];
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** What has to go for an issue at this path: what stands there or, where nothing does, what should have held it. */
function culprit(root: unknown, path: Path): Path {
  const parent = valueAt(root, path.slice(0, -1));
  const stands = typeof parent === "object" && parent !== null && Object.hasOwn(parent, path.at(-1) ?? "");
  return path.length === 0 || stands ? path : culprit(root, path.slice(0, -1));
}

/** From the back, so that taking an entry out of a list does not renumber those still to be taken. */
function fromTheBack(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x !== y)
      return typeof x === "number" && typeof y === "number" ? y - x : String(x) < String(y) ? 1 : -1;
  }
  return a.length - b.length;
}

/** Takes the culprits of all issues out of the value. False: the value itself is one of them. */
function removeCulprits(root: unknown, issues: readonly z.core.$ZodIssue[]): boolean {
  const byKey = new Map<string, Path>();
  for (const issue of issues) {
    const path = culprit(root, issue.path);
    byKey.set(JSON.stringify(path), path);
  }
  for (const path of [...byKey.values()].sort(fromTheBack)) {
    const inside = path.slice(0, -1).some((_part, i) => byKey.has(JSON.stringify(path.slice(0, i + 1))));
    const last = path.at(-1);
    if (last === undefined) return false;
    if (inside) continue;
    const parent = valueAt(root, path.slice(0, -1));
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete (parent as Record<PropertyKey, unknown>)[last];
  }
  return true;
}

interface NamedPlace {
  readonly path: Path;
  /** Entries of a list are not told apart: a name that is not known is usually unknown in all of them. */
  readonly words: string;
}

function* namedPlaces(value: unknown, path: Path = [], words: readonly string[] = []): Generator<NamedPlace> {
  if (typeof value !== "object" || value === null) return;
  const list = Array.isArray(value);
  for (const [name, inner] of Object.entries(value)) {
    const place = [...words, list ? "entries" : name];
    if (!list) yield { path: [...path, name], words: place.join(" > ") };
    yield* namedPlaces(inner, [...path, name], place);
  }
}

/**
 * Reads a JSON value by a schema and keeps what is right of it: each broken part is reported once and left out, an entry
 * of a list that lacks something is left out whole. `schema` says what must be there for a value to be of use, `strict`
 * (default: the same) what should be there and is reported otherwise. Checks that span several fields of an object are
 * not supported: put them on the field itself.
 */
export function parseTolerantly<T>(
  file: string,
  input: unknown,
  schema: z.ZodType<T>,
  strict: z.ZodType<unknown> = schema,
): TolerantResult<T> {
  const rest: unknown = structuredClone(input);
  const issues = strict.safeParse(rest).error?.issues ?? [];
  const problems = issues.map((issue) => asProblem(file, issue, valueAt(rest, issue.path)));
  const toRemove = issues.filter((issue) => valueAt(rest, issue.path) !== undefined);
  if (!removeCulprits(rest, toRemove)) return { problems };
  // Every pass takes at least one part away, so this ends. What it finds follows from what was reported above.
  for (;;) {
    const parsed = schema.safeParse(rest);
    if (parsed.success)
      return { value: parsed.data, problems: [...problems, ...ignoredNames(file, rest, parsed.data)] };
    if (!removeCulprits(rest, parsed.error.issues)) return { problems };
  }
}

function asProblem(file: string, issue: z.core.$ZodIssue, value: unknown): Problem {
  const key = keyInWords(issue.path);
  return { file, ...(key === undefined ? {} : { key }), reason: issueInWords(issue, value), kind: "broken" };
}

/** Named values that the schema does not know, found by comparing what went in with what came out. */
function ignoredNames(file: string, input: unknown, output: unknown): Problem[] {
  const ignored = new Set<string>();
  for (const { path, words } of namedPlaces(input)) {
    if (valueAt(output, path.slice(0, -1)) === undefined) continue;
    if (valueAt(output, path) === undefined) ignored.add(words);
  }
  const reason = "is not a name this program knows (a typing error?), so it is not kept";
  return [...ignored].map((key) => ({ file, key, reason, kind: "ignored" }));
}
