import { z } from "zod";
import type { Instrument } from "./contract.js";
import { invalidOption } from "./invalid.js";

/** A setting of an instrument, as a list of instruments shows it. */
export interface SettingInfo {
  name: string;
  description?: string;
  /** Absent where the setting must be given. */
  default?: unknown;
}

/** The settings of an instrument with their defaults; empty where its schema is no object. */
export function settingsOf({ settings }: Pick<Instrument, "settings">): SettingInfo[] {
  const schema = z.toJSONSchema(settings, { io: "input", unrepresentable: "any" });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { description, default: value } = typeof property === "object" ? property : {};
    return {
      name,
      ...(description !== undefined && { description }),
      ...(value !== undefined && { default: value }),
    };
  });
}

/** Settings as they are given: by name for every instrument that has one of this name, or as `instrument.name` for one. */
export type GivenSettings = Readonly<Record<string, unknown>>;

/**
 * The settings of one instrument out of those given for all.
 * @throws SimulacraError `invalid_option` naming what is wrong with a setting
 */
export function readSettings(instrument: Instrument, given: GivenSettings): unknown {
  const prefix = `${instrument.name}.`;
  const known = new Set(settingsOf(instrument).map(({ name }) => name));
  const own = Object.entries(given).flatMap(([name, value]) => {
    if (name.startsWith(prefix)) return [[name.slice(prefix.length), value]];
    return known.has(name) ? [[name, value]] : [];
  });
  const read = instrument.settings.safeParse(Object.fromEntries(own));
  if (read.success) return read.data;
  throw invalidOption(
    `Settings of ${instrument.name} (--set):\n${z.prettifyError(read.error)}`,
    { instrument: instrument.name },
    read.error,
  );
}

/**
 * Checks that each setting given is one of an instrument of the run.
 * @throws SimulacraError `invalid_option`
 */
export function checkSettingNames(instruments: readonly Instrument[], given: GivenSettings): void {
  const known = instruments.flatMap((instrument) =>
    settingsOf(instrument).flatMap(({ name }) => [name, `${instrument.name}.${name}`]),
  );
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const names = known.filter((name) => !name.includes("."));
  throw invalidOption(
    `--set: ${unknown.join(", ")} is no setting of ${instruments.map(({ name }) => name).join(", ")}. ${
      names.length > 0
        ? `There are: ${[...new Set(names)].join(", ")}.`
        : "These instruments have no settings."
    }`,
    { unknown },
  );
}
