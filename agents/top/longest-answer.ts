import type { EndReason } from "../../models/end-reason.js";
import { countTokens } from "../../models/index.js";
import type { ReplyFilter } from "../../models/reply-filter.js";
import { lastSentenceEnd } from "../../models/sentence-end.js";

/** The longest answer, whichever is reached first: a model that does not stop is stopped here. */
export const LONGEST_ANSWER = { characters: 8000, tokens: 2000 } as const;

/** Share of the longest answer from which a sentence is shown only when it is whole, so that the end can be one. */
const WHOLE_SENTENCES_FROM = 0.85;
/** Characters between two counts of tokens. */
const COUNTED = 200;

/** Ends an answer at its last whole sentence where it would be longer than it may be. */
export class LengthFilter implements ReplyFilter {
  ended: EndReason | undefined;
  #held = "";
  #shown = 0;
  #read = 0;
  #uncounted = "";
  #tokens = 0;
  /** From here on whole sentences, and no further than there. */
  #soft: number;
  #hard: number;

  constructor(private readonly longest: { characters: number; tokens: number } = LONGEST_ANSWER) {
    this.#hard = longest.characters;
    this.#soft = Math.floor(longest.characters * WHOLE_SENTENCES_FROM);
  }

  push(piece: string): string {
    let shown = "";
    for (let at = 0; at < piece.length && this.ended === undefined; ) {
      const part = piece.slice(at, at + COUNTED - this.#uncounted.length);
      at += part.length;
      this.#count(part);
      shown += this.#show(part);
    }
    return shown;
  }

  end(): string {
    const held = this.ended === undefined ? this.#held : "";
    this.#held = "";
    return held;
  }

  #count(part: string): void {
    this.#read += part.length;
    this.#uncounted += part;
    if (this.#uncounted.length < COUNTED) return;
    this.#tokens += countTokens(this.#uncounted);
    this.#uncounted = "";
    const { tokens } = this.longest;
    if (this.#tokens >= tokens) this.#hard = Math.min(this.#hard, this.#read);
    if (this.#tokens >= tokens * WHOLE_SENTENCES_FROM) this.#soft = Math.min(this.#soft, this.#read);
  }

  #show(part: string): string {
    const text = this.#held + part;
    const free = Math.max(0, Math.min(this.#soft - this.#shown, text.length));
    const over = this.#read > this.#hard;
    const within = text.slice(free, over ? this.#hard - this.#shown : undefined);
    // What follows decides whether a full stop ends a sentence.
    const sentences = lastSentenceEnd(over ? within : `${within}x`);
    let take = free + Math.min(sentences, within.length);
    if (over) {
      this.ended = "length";
      const nothingWhole = sentences === 0 && this.#shown <= this.#soft;
      if (nothingWhole) take = free + Math.max(0, within.lastIndexOf(" "));
    }
    this.#shown += take;
    this.#held = text.slice(take);
    return text.slice(0, take).replace(over ? /\s+$/u : /$^/u, "");
  }
}
