import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { keyInWords, problemLine } from "../../data/problem.js";
import { readJsonFile } from "../../data/text-file.js";
import { invalidInput } from "../core/invalid.js";
import { type Protocol, protocolSchema } from "./protocol.js";

/** Where the protocols of this package lie, in the sources and in the build. */
const shipped = fileURLToPath(new URL("../../data/instruments/conformity/", import.meta.url));

/**
 * Reads a protocol by its name (`asch`), or from a file of one's own.
 * @throws SimulacraError `invalid_input`, with everything that is wrong with it
 */
export async function loadProtocol(nameOrPath: string): Promise<Protocol> {
  const names = (await readdir(shipped)).filter((file) => file.endsWith(".json"));
  const own = names.includes(`${nameOrPath}.json`);
  const path = own ? join(shipped, `${nameOrPath}.json`) : nameOrPath;
  const file = await readJsonFile(path, basename(path));
  if ("problem" in file) {
    const known = names.map((name) => name.slice(0, -".json".length)).join(", ");
    const hint = file.missing ? ` Give the path of a protocol file, or one of: ${known}.` : "";
    throw invalid(nameOrPath, `${problemLine(file.problem)}.${hint}`);
  }
  const read = protocolSchema.safeParse(file.value);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path: where, message }) => {
    const key = keyInWords(where);
    return key === undefined ? message : `${key}: ${message}`;
  });
  throw invalid(nameOrPath, `It is no protocol:\n${problems.map((line) => `- ${line}`).join("\n")}`);
}

const invalid = (protocol: string, why: string) =>
  invalidInput(`The protocol ${protocol} cannot be used. ${why}`, {
    protocol,
  });
