import { reasonOf } from "../../../data/errors.js";
/** What `doctor` found out about one thing. */
export interface Check {
  name: string;
  /** `ok`; `warn`: works, but something is missing or could be better; `fail`: something needed is broken. */
  status: "ok" | "warn" | "fail";
  /** What was found. Never a key. */
  detail: string;
  /** What to do about it, where it is not ok. */
  advice?: string;
}

export const ok = (name: string, detail: string): Check => ({ name, status: "ok", detail });

const not =
  (status: "warn" | "fail") =>
  (name: string, detail: string, advice: string): Check => ({ name, status, detail, advice });
export const warn = not("warn");
export const fail = not("fail");

/** The first line of what an error says. */
export const firstLineOf = (error: unknown): string => reasonOf(error).split("\n", 1)[0] ?? "";
