import { CircleFinder } from "./circles.js";
import type { EndReason } from "./end-reason.js";
import type { ReplyFilter } from "./reply-filter.js";

/** Ends a reply that runs in circles. The rounds by which it was found stay: `beforeCircle` cuts them. */
export class CircleFilter implements ReplyFilter {
  readonly #finder: CircleFinder;

  /** @param asked what the reply answers, which may ask for the same words many times */
  constructor(asked = "") {
    this.#finder = new CircleFinder(asked);
  }

  get ended(): EndReason | undefined {
    return this.#finder.circle && "circle";
  }

  push(piece: string): string {
    if (this.ended !== undefined) return "";
    this.#finder.push(piece);
    return piece;
  }

  end(): string {
    this.#finder.end();
    return "";
  }
}
