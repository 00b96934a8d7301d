import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import { reasonOf } from "../../data/errors.js";
import { didYouMean } from "../../data/nearest-name.js";
import type { Instrument } from "./contract.js";
import { invalidInput, invalidOption } from "./invalid.js";

/** An instrument and where it was found. */
export interface FoundInstrument {
  instrument: Instrument;
  /** Path of the module, for an instrument of the researcher's own; null for those of this package. */
  module: string | null;
}

const folder = fileURLToPath(new URL("../", import.meta.url));

const does = z.custom<(...args: never[]) => unknown>((value) => typeof value === "function", {
  error: "expected a function",
});
const measure = z.looseObject({
  id: z.string().min(1),
  title: z.string(),
  unit: z.string(),
  better: z.enum(["higher", "lower", "neither"]),
  binary: z.boolean().optional(),
  cluster: z.string().min(1).optional(),
  units: does,
});

/** What a module must export by default; the types themselves are TypeScript's business. */
const instrumentShape = z.looseObject({
  name: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u, "expected small letters, digits and hyphens"),
  version: z.string().min(1),
  title: z.string().min(1),
  about: z.array(z.string()),
  settings: z.custom((value) => value instanceof z.ZodType, { error: "expected a schema of zod 4" }),
  validate: does,
  plan: does,
  parse: does,
  score: does,
  measures: z.array(measure).min(1, "expected at least one measure"),
  tables: does.optional(),
});

/** Names of the instruments that come with this package: every folder of `evals/` that holds an `instrument` module. */
export async function instrumentNames(): Promise<string[]> {
  const inside = await readdir(folder, { withFileTypes: true });
  return inside
    .filter((entry) => entry.isDirectory() && moduleIn(entry.name) !== undefined)
    .map(({ name }) => name)
    .sort();
}

/** All instruments that come with this package. */
export async function listInstruments(): Promise<Instrument[]> {
  return Promise.all((await instrumentNames()).map(ownInstrument));
}

/**
 * The instrument of this name, or of the module at this path (relative to `cwd`; its default export).
 * @throws SimulacraError `invalid_option` where there is none of this name, `invalid_input` where a module holds none
 */
export async function findInstrument(nameOrPath: string, cwd = "."): Promise<FoundInstrument> {
  if (isPath(nameOrPath)) {
    const module = resolve(cwd, nameOrPath);
    return { instrument: await instrumentOf(module, nameOrPath), module };
  }
  const names = await instrumentNames();
  if (names.includes(nameOrPath)) return { instrument: await ownInstrument(nameOrPath), module: null };
  throw invalidOption(
    `There is no instrument "${nameOrPath}".${didYouMean(nameOrPath, names)} There are: ${names.join(", ")}; one of your own is named by its path (./my-instrument.js).`,
    { name: nameOrPath, known: names },
  );
}

/**
 * The instrument that a run was made with: the one of those given that has its name, else as `findInstrument`.
 * @throws SimulacraError `invalid_option` where the run was given it as an object and it is not given again
 */
export async function instrumentOfRun(
  { instrument: name, module }: { instrument: string; module: string | null },
  given: readonly Instrument[] = [],
): Promise<Instrument> {
  const own = given.find((each) => each.name === name);
  if (own) return own;
  if (module === null && !(await instrumentNames()).includes(name))
    throw invalidOption(
      `The run was given the instrument "${name}" itself, not its name or path. Give it again: {instruments: [...]}, from a program of yours.`,
      { name },
    );
  return (await findInstrument(module ?? name)).instrument;
}

const isPath = (name: string): boolean => isAbsolute(name) || /[\\/]|\.[cm]?[jt]s$/u.test(name);

function moduleIn(name: string): string | undefined {
  return ["instrument.js", "instrument.ts"]
    .map((file) => join(folder, name, file))
    .find((path) => existsSync(path));
}

async function ownInstrument(name: string): Promise<Instrument> {
  return instrumentOf(moduleIn(name) ?? "", name);
}

async function instrumentOf(path: string, asked: string): Promise<Instrument> {
  const loaded: Record<string, unknown> = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    throw invalidInput(`The instrument ${asked} could not be loaded: ${reasonOf(cause)}`, { path }, cause);
  });
  const checked = instrumentShape.safeParse(loaded.default);
  // The shape was checked; what functions take and give is known only to the compiler.
  if (checked.success) return loaded.default as Instrument;
  throw invalidInput(
    loaded.default === undefined
      ? `${asked} exports no instrument: it needs a default export with name, version, title, about, settings, validate, plan, parse, score and measures.`
      : `What ${asked} exports by default is no instrument yet:\n${z.prettifyError(checked.error)}`,
    { path },
    checked.error,
  );
}
