import { SimulacraError } from "../../data/errors.js";

/** How Node.js, the dynamic loader and the package `bindings` say that a compiled module does not load. */
const otherVersion = /was compiled against a different Node\.js version/u;
const absent = /Could not locate the bindings file|Cannot find module '[^']*\.node'/u;
const unloadable = /invalid ELF header|Module did not self-register/u;

/** Folder of the installation, and name of the package, in the path of a module. */
const place =
  /(\/[^\n':]*?|[A-Z]:\\[^\n':]*?)[\\/]node_modules[\\/](?:.*[\\/]node_modules[\\/])?((?:@[^\\/\n]+[\\/])?[^\\/\n]+)/u;

/**
 * A native module (better-sqlite3, hnswlib-node) that does not load, most often because Node.js was changed after it was
 * compiled: which, why and what to run. Undefined for every other failure; causes are looked through.
 */
export function nativeModuleFailure(error: unknown): SimulacraError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { message } = error;
  const known = [otherVersion, absent, unloadable].some((words) => words.test(message));
  if (!known && !("code" in error && error.code === "ERR_DLOPEN_FAILED"))
    return nativeModuleFailure(error.cause);
  const [, folder, name = "A native module"] = place.exec(message) ?? [];
  const why = otherVersion.test(message)
    ? "it was compiled for another version"
    : absent.test(message)
      ? "it was never compiled"
      : "its compiled file is damaged, or for another machine or version";
  return new SimulacraError(
    "missing_package",
    `${name} does not load in Node.js ${process.versions.node}: ${why}. Run: npm rebuild${folder ? ` (in ${folder})` : ""}. Everything stored is untouched.`,
    "environment",
    { module: name, folder },
    { cause: error },
  );
}
