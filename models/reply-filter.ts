import type { EndReason } from "./end-reason.js";

/** Takes out of one reply, while it comes, what nobody is to hear. How it is cut into pieces decides nothing. */
export interface ReplyFilter {
  /** Takes the next piece, gives back what may be shown now. */
  push(piece: string): string;
  /** The end of the reply: gives back what was held back. */
  end(): string;
  /** Why the reply is over, though more of it may come; undefined while it is not. */
  readonly ended?: EndReason | undefined;
}

/** What a filter leaves of a whole text. */
export const filtered = (filter: ReplyFilter, text: string): string => filter.push(text) + filter.end();

/** Filters one behind the other. */
export function chained(...filters: readonly ReplyFilter[]): ReplyFilter {
  return {
    push: (piece) => filters.reduce((text, filter) => filter.push(text), piece),
    end: () => filters.reduce((text, filter) => filtered(filter, text), ""),
    get ended() {
      return filters.find(({ ended }) => ended !== undefined)?.ended;
    },
  };
}
