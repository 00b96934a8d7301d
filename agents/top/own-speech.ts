import type { EndReason } from "../../models/end-reason.js";
import type { ReplyFilter } from "../../models/reply-filter.js";
import {
  type FoundLabel,
  type LabelPlace,
  type SpeakerLabels,
  saysToSomebody,
  toldLabel,
} from "./speaker-labels.js";

const sentenceEnd = /[.!?…]["”'’)»*_\]]*$/u;
const unspacedEnd = /[。！？]["”」』)]*$/u;
const opening = new Set(["“", "«", "「", "『", "„"]);
const closing = new Set(["”", "»", "」", "』"]);

/** "2.", "b)": what stands before a part of a list. */
const listed = /^(?:\p{N}{1,3}|\p{L})[.)]$/u;
/** As much of the words behind a label in the midst of a line as says whose they are, and of a line as says what it is. */
const LONGEST_HEARD = 240;
const LONGEST_LINE = 60;

/**
 * Leaves of a reply what the person says: the own name and the role in front of it go, and where somebody else's words
 * begin, the reply ends. Words of others that come first are passed over, unless they are all: then the label was said to
 * them ("Ben: a good name."). Quotes, code and dialogues that are told keep their labels. Blank space is held back until
 * something follows, and what may yet become a label. The time is linear in the text.
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
  #inCode = false;
  /** The beginning of the line at hand as written, and whether it or the line before it is told. */
  #line = "";
  #told = false;
  /** What the one said who was passed over first, and whether that one is still speaking and may be kept. */
  #passed = "";
  #keeping = false;

  /**
   * @param heard what the reply answers: words of it behind a label are no answer
   * @param keepsAll whether such words, and those behind a template's label ("User:"), are kept where there are no others
   */
  constructor(
    private readonly labels: SpeakerLabels,
    private readonly heard = "",
    private readonly keepsAll = false,
  ) {}

  push(piece: string): string {
    if (this.ended !== undefined) return "";
    this.#pending += piece;
    return this.#read(false);
  }

  end(): string {
    if (this.ended !== undefined) return "";
    const shown = this.#read(true);
    if (this.#said || shown !== "") return shown;
    return this.keepsAll || !this.heard.includes(this.#passed) ? this.#passed : "";
  }

  #read(whole: boolean): string {
    const text = this.#pending;
    let shown = "";
    let at = 0;
    while (at < text.length) {
      const character = text.charAt(at);
      if (/\s/u.test(character)) {
        this.#gap += character;
        if (character === "\n") this.#endLine();
        at++;
        continue;
      }
      const where = this.#place();
      const found = where === undefined ? "none" : this.labels.at(text, at, where, whole);
      const label = this.#judge(found, where, text, at, whole);
      if (label === "maybe") break;
      if (label !== "none") {
        at += label.length;
        if (label.speaker !== "own" && this.#said) {
          this.ended = "stop";
          this.#pending = "";
          return shown;
        }
        const first = this.#passed === "" && !this.#listening;
        this.#listening = label.speaker !== "own";
        this.#keeping = first && (label.speaker === "other" || this.keepsAll);
        const space = /^\s*/u.exec(text.slice(at))?.[0].length ?? 0;
        // Blank space behind a label that has not come yet makes no difference.
        at += space;
        if (!this.#said) this.#gap = "";
        this.#before = " ";
        this.#line = "";
        this.#told = false;
        continue;
      }
      shown += this.#speak(character);
      at++;
    }
    this.#pending = text.slice(at);
    return shown;
  }

  /** Whether a label is one here: told dialogues keep theirs, and in the midst of a line words have to follow that are said to somebody. */
  #judge(
    found: FoundLabel,
    where: LabelPlace | undefined,
    text: string,
    at: number,
    whole: boolean,
  ): FoundLabel {
    if (typeof found === "string" || found.speaker === "role" || this.#listening) return found;
    if (where === "line") return this.#told || this.#quoted ? "none" : found;
    if (where !== "sentence") return found;
    const heard = text.slice(at + found.length, at + found.length + LONGEST_HEARD);
    const end = /[.!?…](?=\s)|[。！？\n]/u.exec(heard.trimStart());
    if (!end && !whole && heard.length < LONGEST_HEARD) return "maybe";
    const said = end ? heard.trimStart().slice(0, end.index + 1) : heard;
    return saysToSomebody(said) ? found : "none";
  }

  /** A line that begins with a label that is none of ours, or ends with a colon, tells: of a dialogue, or a list. */
  #endLine(): void {
    const line = this.#line;
    // A second end of line: a blank one.
    if (line === "") {
      if (/\n[^\S\n]*\n$/u.test(this.#gap)) this.#quoted = false;
      return;
    }
    this.#told = toldLabel.test(line) || /[:：]$/u.test(this.#before);
    this.#line = "";
  }

  #speak(character: string): string {
    const gap = this.#said ? this.#gap : "";
    if (this.#keeping) this.#passed += (this.#passed === "" ? "" : this.#gap) + character;
    if (this.#line.length < LONGEST_LINE)
      this.#line += (this.#line === "" ? "" : this.#gap.replace(/\s+/gu, " ")) + character;
    const starts = this.#gap !== "" || this.#before === "" || /[\s([{—–]$/u.test(this.#before);
    this.#before = `${this.#before}${this.#gap === "" ? "" : " "}${character}`.slice(-8);
    this.#gap = "";
    if (this.#before.endsWith("```")) this.#inCode = !this.#inCode;
    if (opening.has(character)) this.#quoted = true;
    else if (closing.has(character)) this.#quoted = false;
    else if (character === '"') this.#quoted = !this.#quoted && starts;
    if (this.#listening) return "";
    this.#said = true;
    return gap + character;
  }

  /** Whether a label could begin here. */
  #place(): LabelPlace | undefined {
    if (this.#before === "") return "start";
    if (this.#inCode) return undefined;
    if (this.#gap.includes("\n")) return "line";
    if (this.#quoted || listed.test(this.#line)) return undefined;
    const after = this.#gap === "" ? unspacedEnd : sentenceEnd;
    return after.test(this.#before) || unspacedEnd.test(this.#before) ? "sentence" : undefined;
  }
}
