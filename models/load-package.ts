import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SimulacraError } from "../data/errors.js";

/** True where the error says that this very package is not installed (and not that something inside it is broken). */
function isMissing(error: unknown, name: string): boolean {
  const code = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  const missing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
  const words = error instanceof Error ? error.message : "";
  // Vite says it its own way of a package that is an optional peer.
  const said = [`Cannot find package '${name}'`, `Could not resolve "${name}"`];
  return missing || said.some((line) => words.includes(line));
}

/**
 * Imports a package as this one sees it, else as the folder does in which the program was started: optional packages may
 * be installed beside a program that stands elsewhere (`npm install -g`, `npx`).
 */
async function imported(name: string): Promise<Record<string, unknown>> {
  try {
    return await import(name);
  } catch (error) {
    if (!isMissing(error, name)) throw error;
    const here = createRequire(join(process.cwd(), "package.json"));
    let found: string;
    try {
      found = here.resolve(name);
    } catch {
      throw error;
    }
    return import(pathToFileURL(found).href);
  }
}

/**
 * Loads an optional package when it is first needed.
 * @param install what the user installs, when it is more than the package itself
 * @throws SimulacraError missing_package with the install line
 */
export async function loadPackage(
  name: string,
  purpose: string,
  install: string = name,
): Promise<Record<string, unknown>> {
  try {
    return await imported(name);
  } catch (error) {
    if (!isMissing(error, name)) throw error;
    throw new SimulacraError(
      "missing_package",
      `${purpose} needs a package that is not installed. Run: npm install ${install}`,
      "user",
      { package: name, install: `npm install ${install}` },
      { cause: error },
    );
  }
}
