import type { EndReason } from "./end-reason.js";
import type { ReplyFilter } from "./reply-filter.js";

/** Characters of a token at most, on the average of a reply, and what any reply may have beside. */
const CHARACTERS_PER_TOKEN = 8;
const CHARACTERS_BESIDE = 2000;

/** Characters that no reply of so many tokens has. */
export const longestReply = (tokens: number): number => CHARACTERS_PER_TOKEN * tokens + CHARACTERS_BESIDE;

/** Ends a reply that is far longer than its server was told: some ignore the limit and send words for ever. */
export class LongestReplyFilter implements ReplyFilter {
  ended: EndReason | undefined;
  #left: number;

  /** @param longest in characters */
  constructor(longest: number) {
    this.#left = longest;
  }

  push(piece: string): string {
    const shown = piece.slice(0, Math.max(0, this.#left));
    this.#left -= piece.length;
    if (this.#left < 0) this.ended = "length";
    return shown;
  }

  end(): string {
    return "";
  }
}
