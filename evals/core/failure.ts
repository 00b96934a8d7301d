import { isSimulacraError } from "../../data/errors.js";

/** What went wrong in one line; a run that was stopped is not a failure of the item and goes on up. */
export function messageOf(error: unknown, signal?: AbortSignal): string {
  if (signal?.aborted || isSimulacraError(error, "cancelled")) throw error;
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]?.slice(0, 500) ?? "";
}
