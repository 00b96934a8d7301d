import { CircleFinder } from "./circles.js";
import type { EndReason } from "./end-reason.js";
import type { ReplyFilter } from "./reply-filter.js";

/** Ends a reply that runs in circles. The rounds by which it was found stay: `beforeCircle` cuts them. */
export class CircleFilter implements ReplyFilter {
  readonly #finder = new CircleFinder();

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
