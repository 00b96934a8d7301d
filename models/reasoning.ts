import { otherRoles, ownRoles, reasoningLeads, spokenChannels } from "./control-marks.js";
import type { EndReason } from "./end-reason.js";
import { type Mark, type MarkFinder, templateMarks } from "./find-mark.js";
import { leadAt } from "./reasoning-lead.js";
import { filtered, type ReplyFilter } from "./reply-filter.js";

/** A whole reply without its reasoning and its marks, also when only the end of the reasoning is marked. */
export const withoutReasoning = (text: string): string =>
  filtered(new ReasoningFilter({ whole: true }), text).trim();

/** How a reply is read. */
export interface ReasoningOptions {
  /** The reply begins with reasoning although nothing opens it. @default false */
  startsInside?: boolean;
  /** The reply is one piece: where only the end of reasoning is marked, what stands before it goes. @default false */
  whole?: boolean;
  /** Which marks there are; of marks of one's own, one that closes what was not opened says nothing of what stands before it. @default those of every public template */
  marks?: MarkFinder;
}

/** What follows is said, is reasoning, or is somebody else's turn. */
type Mode = "said" | "reasoning" | "other";

/** The role behind a mark that begins a turn, and the name of a channel with what stands between it and its message. */
const role = /\s*([a-z_]*)/iuy;
const channel = /\s*([a-z_]*)(?:\s+to=[^\s<]{1,60})?(?:\s*<\|constrain\|>[a-z]{0,20})?/iuy;
const channelGoesOn = [" to=", "<|constrain|>", " <|constrain|>"];
/** As much of a text as either may take. */
const LONGEST_NAME = 160;
/** Where words that end reasoning may begin, or a mark. */
const leadStarts = new RegExp(
  `${templateMarks.starts.source}|[${reasoningLeads.flatMap(({ closes }) => closes.map((word) => word.charAt(0))).join("")}]`,
  "giu",
);

/**
 * Takes reasoning and control marks out of a stream of text, wherever the chunks are cut, and ends it at the mark that
 * ends a reply. Text that may yet turn out to be a mark is held back until the next chunk. Blank space around what was
 * removed at the beginning of the reply goes with it. The time is linear in the text.
 */
export class ReasoningFilter implements ReplyFilter {
  /**
   * Whether reasoning ended that nothing had opened: this model's template opens it in the prompt. What was said before is
   * reasoning that nobody could know as such; the mark stays in the text, so that `withoutReasoning` can still cut it.
   */
  closedUnopened = false;
  ended: EndReason | undefined;
  readonly #marks: MarkFinder;
  readonly #startedInside: boolean;
  readonly #whole: boolean;
  #pending = "";
  #mode: Mode;
  /** Marks that end the reasoning at hand beside those that always do: words, or the end of a channel. */
  #closes: readonly string[] = [];
  #inChannel = false;
  #closedOnce = false;
  /** A mark that closed what was never opened; reasoning stood before it if text comes after it. */
  #orphan: string | undefined;
  #said = false;
  #insideAnswer = false;
  /** The reply began with `<s>`: a template's mark, or words struck out. */
  #begunWithMark = false;
  /** What stands in a section that may never be closed; whether words stand before what is pending on its line. */
  #section = "";
  #sectionMark = "";
  #inLine = false;
  /** Struck-out text of HTML, whose end looks like the token that ends a text. */
  #struck = 0;
  readonly #removed: string[] = [];
  #shown = "";

  /** @param options or whether the reply starts inside its reasoning */
  constructor(options: ReasoningOptions | boolean = {}) {
    const {
      startsInside = false,
      whole = false,
      marks = templateMarks,
    } = typeof options === "boolean" ? { startsInside: options } : options;
    this.#mode = startsInside ? "reasoning" : "said";
    this.#startedInside = startsInside;
    this.#whole = whole;
    this.#marks = marks;
  }

  /** Takes the next piece of the reply, gives back what of it may be shown. */
  push(piece: string): string {
    if (this.ended !== undefined) return "";
    this.#pending += piece;
    this.#read(false);
    // Of a whole reply, what was said may still turn out to be reasoning.
    return this.#whole ? "" : this.#take();
  }

  /** The end of the reply: gives back what was held back. An unfinished block of reasoning is dropped. */
  end(): string {
    if (this.ended === undefined) this.#read(true);
    // It always reasons, but not this time: what was taken for reasoning is the reply.
    if (this.#mode === "reasoning" && this.#startedInside && !this.#closedOnce) {
      this.#mode = "said";
      this.#say(this.#removed.join(""));
    }
    // A section that nothing closes goes to the next blank line, unless a sentence begins with its name.
    if (this.#mode === "reasoning" && this.#marks !== templateMarks) {
      this.#mode = "said";
      const isSpokenOf = /^[^\S\n]+\p{Ll}/u.test(this.#section);
      const rest = /\n[^\S\n]*\n([\s\S]*)$/u.exec(this.#section)?.[1] ?? "";
      this.#say(isSpokenOf ? this.#sectionMark + this.#section : rest);
    }
    return this.#take();
  }

  #take(): string {
    const shown = this.#shown;
    this.#shown = "";
    return shown;
  }

  #read(whole: boolean): void {
    const text = this.#pending;
    let from = 0;
    const to = (place: number): void => {
      this.#say(text.slice(from, place));
      from = place;
    };
    while (from < text.length && this.ended === undefined) {
      if (this.#mode === "said" && !this.#said) {
        const lead = leadAt(text, from, whole);
        if (lead === "maybe") break;
        if (lead !== undefined) {
          this.#open(lead.closes);
          from = lead.end;
          continue;
        }
      }
      const place = this.#next(text, from);
      to(place);
      if (place === text.length) break;
      const closing = this.#closingAt(text, place, whole);
      const mark = closing === "none" ? this.#marks.at(text, place, whole) : closing;
      if (mark === "maybe") break;
      if (mark === "none") {
        to(place + 1);
        continue;
      }
      const stray = this.#isStray(mark, text, place, whole);
      if (stray === "maybe") break;
      const taken = stray ? "text" : this.#obey(mark, text, place + mark.length, whole);
      if (taken === undefined) break;
      if (taken === "text") to(place + mark.length);
      else from = place + mark.length + taken;
    }
    const line = text.lastIndexOf("\n", from - 1) + 1;
    if (from > 0) this.#inLine = (line === 0 && this.#inLine) || /\S/u.test(text.slice(line, from));
    this.#pending = this.ended === undefined ? text.slice(from) : "";
  }

  /** Whether a section's mark is only spoken of: it stands in a line, between words. One that closes a section never does. */
  #isStray(mark: Mark, text: string, place: number, whole: boolean): boolean | "maybe" {
    if (this.#marks === templateMarks || this.#mode === "reasoning") return false;
    const line = text.lastIndexOf("\n", place - 1) + 1;
    const before = text.slice(place > 0 ? line : 0, place);
    if (!/\S/u.test(before) && !(this.#inLine && (line === 0 || place === 0))) return false;
    const behind = /^[^\S\n]*(\S|\n)?/u.exec(text.slice(place + mark.length, place + mark.length + 80))?.[1];
    if (behind !== undefined) return behind !== "\n";
    return whole ? mark.kind === "opens" : "maybe";
  }

  /** The next place at which a mark may begin, or the end. */
  #next(text: string, from: number): number {
    const starts = this.#closes.length > 0 && this.#mode === "reasoning" ? leadStarts : this.#marks.starts;
    starts.lastIndex = from;
    return starts.exec(text)?.index ?? text.length;
  }

  /** Words that end the reasoning at hand. */
  #closingAt(text: string, place: number, whole: boolean): Mark | "none" | "maybe" {
    if (this.#mode !== "reasoning") return "none";
    for (const word of this.#closes) {
      const near = text.slice(place, place + word.length).toLowerCase();
      if (near === word) return { kind: "closes", length: word.length, text: word };
      if (!whole && near.length < word.length && word.startsWith(near)) return "maybe";
    }
    return "none";
  }

  #say(text: string): void {
    if (text === "") return;
    if (this.#mode === "reasoning") {
      if (this.#startedInside && !this.#closedOnce) this.#removed.push(text);
      if (this.#marks !== templateMarks) this.#section += text;
      return;
    }
    if (this.#mode === "other") return;
    const words = this.#said ? text : text.trimStart();
    if (words === "") return;
    if (this.#orphan !== undefined && words.trim() !== "") {
      this.closedUnopened = true;
      this.#shown = this.#whole ? "" : this.#shown + this.#orphan;
      this.#orphan = undefined;
      this.#closedOnce = true;
    }
    this.#shown += words;
    this.#said = true;
  }

  #open(closes: readonly string[] = [], inChannel = false): void {
    this.#mode = "reasoning";
    this.#closes = closes;
    this.#inChannel = inChannel;
  }

  #close(): void {
    this.#mode = "said";
    this.#closes = [];
    this.#inChannel = false;
    this.#closedOnce = true;
  }

  /** Does what a mark says; gives how much of the text behind it belongs to it, "text" where it is none after all. */
  #obey(mark: Mark, text: string, after: number, whole: boolean): number | "text" | undefined {
    const inReasoning = this.#mode === "reasoning";
    switch (mark.kind) {
      case "opens":
        if (this.#mode === "said") this.#open();
        this.#section = "";
        this.#sectionMark = mark.text;
        return 0;
      case "closes":
        if (inReasoning) this.#close();
        else if (this.#marks === templateMarks && this.#mode === "said" && this.#said && !this.#closedOnce)
          this.#orphan = mark.text;
        return 0;
      case "ends":
        if (mark.text.startsWith("</s") && this.#struck > 0) {
          this.#struck--;
          return "text";
        }
        if (mark.text.startsWith("</s") && this.#begunWithMark && this.#mode === "said") {
          const behind = text.slice(after, after + 8);
          if (/^[^\S\n]*$/u.test(behind) && !whole && behind.length < 8) return undefined;
          this.#begunWithMark = false;
          if (/^[^\S\n]+\p{L}/u.test(behind)) return 0;
        }
        if (inReasoning && this.#inChannel) this.#close();
        else if (this.#mode === "said" && this.#said) this.ended = "stop";
        return 0;
      case "own":
      case "other":
        this.#turn(mark.kind === "own");
        return 0;
      case "turn":
        return this.#turnOf(text, after, whole);
      case "channel":
        return this.#channelOf(text, after, whole);
      case "opensAnswer":
        if (this.#mode === "said" && this.#said) {
          if (mark.text.startsWith("<s")) this.#struck++;
          return "text";
        }
        this.#begunWithMark = mark.text.startsWith("<s>");
        this.#insideAnswer ||= !mark.text.startsWith("<s");
        return 0;
      case "closesAnswer":
        return this.#mode === "said" && this.#said && !this.#insideAnswer ? "text" : 0;
      case "dropped":
        return 0;
    }
  }

  /** A turn begins: the model's own first one is the reply, and any after it ends it. */
  #turn(own: boolean): void {
    if (this.#said && this.#mode === "said") this.ended = "stop";
    else {
      if (this.#mode === "reasoning") this.#close();
      this.#mode = own ? "said" : "other";
    }
  }

  #turnOf(text: string, after: number, whole: boolean): number | undefined {
    role.lastIndex = after;
    const found = role.exec(text);
    const end = after + (found?.[0].length ?? 0);
    if (!whole && end === text.length && end - after < LONGEST_NAME) return undefined;
    const name = found?.[1]?.toLowerCase() ?? "";
    this.#turn(!otherRoles.has(name));
    return ownRoles.has(name) || otherRoles.has(name) ? end - after : 0;
  }

  #channelOf(text: string, after: number, whole: boolean): number | undefined {
    channel.lastIndex = after;
    const found = channel.exec(text);
    const end = after + (found?.[0].length ?? 0);
    const rest = text.slice(end, end + LONGEST_NAME);
    const open = channelGoesOn.some((more) => more.startsWith(rest));
    if (!whole && open && end - after < LONGEST_NAME) return undefined;
    const name = found?.[1]?.toLowerCase() ?? "";
    if (spokenChannels.has(name)) this.#turn(true);
    else if (this.#said && this.#mode === "said") this.ended = "stop";
    else this.#open([], true);
    return end - after;
  }
}
