import { z } from "zod";
import { isSimulacraError, reasonOf, SimulacraError } from "../../data/errors.js";
import { tableSchema } from "./analysis/results.js";
import type { Instrument, Measure, MeasuredUnit, Sample, Table } from "./contract.js";
import type { SessionParts } from "./session-state.js";

const person = z.string().min(1);
const line = z.union([
  z.looseObject({ by: person, text: z.string() }),
  z.looseObject({ by: person, ask: z.literal(true) }),
]);

/**
 * What the functions of an instrument must give. The compiler sees to it in TypeScript; a module in JavaScript has only
 * this between a slip and a ledger of wrong numbers (NaN would be kept as null).
 */
export const given = {
  word: z.looseObject({ lines: z.array(line).min(1), key: z.string().nullish() }),
  read: z.union(
    [
      z.looseObject({ status: z.literal("answered"), shown: z.string() }),
      z.looseObject({ status: z.enum(["refused", "unparsable"]), reason: z.string() }),
    ],
    { error: 'expected {status: "answered", answer, shown} or {status: "refused" or "unparsable", reason}' },
  ),
  score: z.record(z.string(), z.number("expected a finite number"), "expected numbers by name"),
  measure: z.array(
    z.looseObject({
      character: z.string(),
      item: z.string(),
      repeat: z.number(),
      value: z.union([z.number(), z.looseObject({ leftOut: z.string() })], {
        error: "expected a finite number or {leftOut: why}",
      }),
    }),
    "expected a list of units",
  ),
} satisfies Record<string, z.ZodType>;

/**
 * Runs a part of an instrument. What it throws, or gives in a form that cannot be used, is a fault of its code or data and
 * no result of the subject: it stops the run, so that no number is made with it, and names what has to be corrected. What is
 * in the ledger stays.
 * @throws SimulacraError `internal`; errors of this package pass unchanged
 */
export function byInstrument<T>(
  { instrument, session }: Pick<SessionParts, "instrument" | "session">,
  position: number,
  act: "word" | "read" | "score",
  work: () => T,
): T {
  const item = session.items[position]?.id ?? String(position);
  const after =
    "The run was stopped; what is in the ledger is safe. Correct the instrument and give the same command again.";
  const details = { instrument: instrument.name, item };
  return checked(`${act} item ${item}`, details, after, given[act], work);
}

/** The same for a stored reply that is read again: nothing is written where one cannot be. */
export function rereadByInstrument<T>(
  { name }: Pick<Instrument, "name">,
  item: string,
  act: "read" | "score",
  work: () => T,
): T {
  const after = "Nothing was changed. Correct the instrument.";
  return checked(`${act} item ${item}`, { instrument: name, item }, after, given[act], work);
}

/** The units of a measure, finite numbers or left out with a reason. @throws SimulacraError `internal` */
export function unitsOf(measure: Measure, samples: readonly Sample[]): MeasuredUnit[] {
  const units = () => measure.units(samples);
  return checked(
    `compute its measure ${measure.id}`,
    { measure: measure.id },
    afterwards,
    given.measure,
    units,
  );
}

/** The tables of an instrument. @throws SimulacraError `internal` */
export function tablesOf(
  { name, tables }: Pick<Instrument, "name" | "tables">,
  samples: readonly Sample[],
): Table[] {
  if (!tables) return [];
  return checked("make its tables", { instrument: name }, afterwards, z.array(tableSchema), () =>
    tables(samples),
  );
}

const afterwards =
  "The replies are safe in the ledger: correct the instrument, then `simulacra eval report FOLDER`.";

function checked<T>(
  act: string,
  details: Readonly<Record<string, string>>,
  after: string,
  shape: z.ZodType,
  work: () => T,
): T {
  const fault = (said: string, cause: unknown) =>
    new SimulacraError(
      "internal",
      `The instrument ${details.instrument ? `${details.instrument} ` : ""}has a fault: it could not ${act} (${said}). ${after}`,
      "internal",
      details,
      { cause },
    );
  let made: T;
  try {
    made = work();
  } catch (cause) {
    if (isSimulacraError(cause)) throw cause;
    throw fault(reasonOf(cause), cause);
  }
  const { error } = shape.safeParse(made);
  if (error) throw fault(z.prettifyError(error).replace(/\s+/gu, " ").slice(0, 300), error);
  return made;
}
