/** Something that must never be, and was found. */
export interface Violation {
  /** Name of the invariant. */
  invariant: string;
  /** What was found, and where. */
  what: string;
}
