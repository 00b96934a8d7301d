import { type ErrorDetails, SimulacraError } from "../../data/errors.js";

/** An option or a file of the user's is not as it has to be; the message says what to do. */
const invalid =
  (code: "invalid_option" | "invalid_input") =>
  (message: string, details: ErrorDetails = {}, cause?: unknown): SimulacraError =>
    new SimulacraError(code, message, "user", details, cause === undefined ? {} : { cause });

export const invalidOption = invalid("invalid_option");
export const invalidInput = invalid("invalid_input");
