import type { EndReason } from "../../models/end-reason.js";
import type { ReplyFilter } from "../../models/reply-filter.js";
import type { LabelPlace, SpeakerLabels } from "./speaker-labels.js";

const sentenceEnd = /[.!?…]["”'’)»*_\]]*$/u;
const unspacedEnd = /[。！？]["”」』)]*$/u;
const opening = new Set(["“", "«", "「", "『", "„"]);
const closing = new Set(["”", "»", "」", "』"]);

/**
 * Leaves of a reply what the person says: the own name and the role in front of it go, and where somebody else's words
 * begin, the reply ends. Words of others that come first are passed over. Blank space is held back until something
 * follows, and what may yet become a label. The time is linear in the text.
 */
export class OwnSpeech implements ReplyFilter {
  ended: EndReason | undefined;
  #pending = "";
  /** Blank space that belongs to the answer if something follows. */
  #gap = "";
  /** The last characters, those passed over included. */
  #before = "";
  #said = false;
  #listening = false;
  #quoted = false;

  constructor(private readonly labels: SpeakerLabels) {}

  push(piece: string): string {
    if (this.ended !== undefined) return "";
    this.#pending += piece;
    return this.#read(false);
  }

  end(): string {
    return this.ended === undefined ? this.#read(true) : "";
  }

  #read(whole: boolean): string {
    const text = this.#pending;
    let shown = "";
    let at = 0;
    while (at < text.length) {
      const character = text.charAt(at);
      if (/\s/u.test(character)) {
        this.#gap += character;
        if (character === "\n") this.#quoted = false;
        at++;
        continue;
      }
      const where = this.#place();
      const label = where === undefined ? "none" : this.labels.at(text, at, where, whole);
      if (label === "maybe") break;
      if (label !== "none") {
        at += label.length;
        if (label.speaker === "other" && this.#said) {
          this.ended = "stop";
          this.#pending = "";
          return shown;
        }
        this.#listening = label.speaker === "other";
        const space = /^\s*/u.exec(text.slice(at))?.[0].length ?? 0;
        // Blank space behind a label that has not come yet makes no difference.
        at += space;
        if (!this.#said) this.#gap = "";
        this.#before = ":";
        continue;
      }
      shown += this.#speak(character);
      at++;
    }
    this.#pending = text.slice(at);
    return shown;
  }

  #speak(character: string): string {
    const gap = this.#said ? this.#gap : "";
    this.#gap = "";
    this.#before = `${this.#before}${character}`.slice(-8);
    if (opening.has(character)) this.#quoted = true;
    else if (closing.has(character)) this.#quoted = false;
    else if (character === '"') this.#quoted = !this.#quoted;
    if (this.#listening) return "";
    this.#said = true;
    return gap + character;
  }

  /** Whether a label could begin here. */
  #place(): LabelPlace | undefined {
    if (this.#before === "") return "start";
    if (this.#gap.includes("\n")) return "line";
    if (this.#quoted) return undefined;
    const after = this.#gap === "" ? unspacedEnd : sentenceEnd;
    return after.test(this.#before) || unspacedEnd.test(this.#before) ? "sentence" : undefined;
  }
}
