import { type ErrorCode, SimulacraError } from "../../data/errors.js";
import { nativeModuleFailure } from "../hosting/native-modules.js";

/**
 * Failures of disk, files and native modules that reach the command line as they come from Node or SQLite: the code that
 * scripts see, what happened and what to do. Undefined for everything else.
 */
export function systemFailure(error: unknown): { code: ErrorCode; message: string } | undefined {
  const native = nativeModuleFailure(error);
  if (native || !(error instanceof Error) || error instanceof SimulacraError) return native;
  if (error.name === "AbortError") return { code: "cancelled", message: "Stopped." };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const path = "path" in error && typeof error.path === "string" ? error.path : "a file";
  if (["ENOSPC", "EDQUOT", "SQLITE_FULL"].includes(code))
    return {
      code: "store_full",
      message:
        "The disk is full: nothing more can be stored. Free some space, or store on another disk (SIMULACRA_HOME; for an evaluation --out).",
    };
  if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "SQLITE_READONLY", "SQLITE_CANTOPEN"].includes(code))
    return {
      code: "store_unwritable",
      message: `${path} cannot be used (${code}): correct who may read and write it, or set SIMULACRA_HOME (--home) to a folder of yours.`,
    };
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT"))
    return {
      code: "store_damaged",
      message:
        "A database of this character is damaged. `simulacra doctor` says which; move that file away and try again: " +
        "conversations are put together again from the memory, and an index is rebuilt.",
    };
  return undefined;
}
