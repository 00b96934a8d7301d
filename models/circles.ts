import { upToSentence } from "./sentence-end.js";

/** Where a text begins to run in circles: what is said over and over, and where it is said for the second time. */
export interface Circle {
  begins: number;
  again: number;
}

/** A token: a word, a number, an emoji, or one character of a script that does not space its words. */
const token =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}]|\p{N}+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}])+(?:['’-](?=\p{L})[\p{L}\p{M}]+)*/gu;
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
const number =
  /^(?:\p{N}+|[一二三四五六七八九十百零〇两]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/iu;

/** A few characters over and over: "hahaha…", "aaaa…", "!!!!…". */
const stuckLetters = /^(\P{Z}{1,8}?)\1{14,}/u;
const stuckSigns = /(\S{1,3}?)(?:\s*\1){39,}/u;
const LONGEST_TOKEN = 150;
const LONGEST_SIGNS = 240;

/** Tokens that have to be alike before a round is suspected. */
const ALIKE = 3;
/** Rounds by which a circle with changing numbers is longer: lists are much alike. */
const MORE_WHERE_NUMBERS_CHANGE = 3;
/** Words in a round with changing numbers. */
const FEWEST_WORDS = 3;
/** Tokens of a stretch, and the share of it said at least twice before, from which it brings nothing new. */
const STRETCH = 60;
const NOTHING_NEW = 0.72;
const GRAM = 3;

/**
 * Rounds, the first included, from which a circle is one. People say a word or a short phrase over and over ("row, row,
 * row your boat", "Lord have mercy" thrice), and a whole sentence twice, seldom three times.
 */
function roundsNeeded(weight: number): number {
  if (weight >= 6) return 3;
  if (weight >= 4) return 4;
  if (weight >= 3) return 5;
  return weight >= 2 ? 7 : 12;
}

interface Token {
  raw: string;
  /** With numbers made alike. */
  like: string;
  place: number;
  weight: number;
  isNumber: boolean;
}

/**
 * Finds a circle in a text while it comes: the same words round and round, alike but for numbers or not, or a long stretch
 * of which everything was said at least twice before. How the text is cut into pieces decides nothing; the time is
 * linear in its length.
 */
export class CircleFinder {
  circle: Circle | undefined;
  #pending = "";
  /** Where the pending text begins. */
  #at = 0;
  readonly #tokens: Token[] = [];
  /** Where the last three tokens stood last, and where they stood first and how often. */
  readonly #last = new Map<string, number>();
  readonly #grams = new Map<string, { first: number; count: number }>();
  /** Distance to what is being repeated, since which token, and whether its numbers change. */
  #period = 0;
  #since = 0;
  #numbersChange = false;
  /** Of each token: how often the row of three that it ends had been said. */
  readonly #saidBefore: number[] = [];
  #oldInStretch = 0;

  /** Takes the next piece of the text. */
  push(piece: string): void {
    if (this.circle) return;
    this.#pending += piece;
    this.#read(false);
  }

  /** Nothing more follows. */
  end(): void {
    if (!this.circle) this.#read(true);
  }

  #read(whole: boolean): void {
    const text = this.#pending;
    let done = 0;
    for (const found of text.matchAll(token)) {
      const end = found.index + found[0].length;
      if (!whole && end >= text.length - 1 && !unspaced.test(found[0])) break;
      if (this.#stuck(text.slice(done, found.index), stuckSigns, done) || this.circle) return;
      if (found[0].length >= 15 && this.#stuck(found[0], stuckLetters, found.index)) return;
      this.#add(found[0], this.#at + found.index);
      if (this.circle) return;
      done = end;
    }
    let rest = text.slice(done);
    if (rest.length > LONGEST_SIGNS || whole) {
      const start = rest.search(/\p{L}/u);
      if (this.#stuck(rest, stuckSigns, done)) return;
      if (start >= 0 && this.#stuck(rest.slice(start), stuckLetters, done + start)) return;
      done += Math.max(0, rest.length - LONGEST_TOKEN);
      rest = text.slice(done);
    }
    this.#pending = rest;
    this.#at += done;
  }

  #stuck(text: string, pattern: RegExp, offset: number): boolean {
    if (text.length < 15) return false;
    const found = pattern.exec(text.slice(0, 2 * LONGEST_SIGNS));
    if (!found) return false;
    // Nothing of it is worth keeping.
    const begins = this.#at + offset + found.index;
    this.circle = { begins, again: begins };
    return true;
  }

  #add(written: string, place: number): void {
    const raw = written.toLowerCase();
    const isNumber = number.test(raw);
    const tokens = this.#tokens;
    tokens.push({
      raw,
      like: isNumber ? "#" : raw,
      place,
      weight: unspaced.test(raw) ? 0.5 : 1,
      isNumber,
    });
    this.#follow(tokens.length - 1);
    if (!this.circle) this.#weigh(tokens.length - 1);
  }

  /** Follows what is being repeated, and finds it where nothing is. */
  #follow(index: number): void {
    const tokens = this.#tokens;
    const now = tokens[index];
    const before = this.#period > 0 ? tokens[index - this.#period] : undefined;
    if (now && before?.like === now.like) this.#numbersChange ||= before.raw !== now.raw;
    else this.#period = 0;
    if (index < ALIKE - 1) return;
    const row = rowOf(tokens, index, ALIKE);
    const last = this.#last.get(row);
    this.#last.set(row, index);
    if (this.#period === 0 && last !== undefined) {
      this.#period = index - last;
      this.#since = index - ALIKE + 1;
      this.#numbersChange = false;
      for (let back = 0; back < ALIKE; back++)
        this.#numbersChange ||= tokens[index - back]?.raw !== tokens[last - back]?.raw;
    }
    if (this.#period > 0) this.#judge(index);
  }

  #judge(index: number): void {
    const { length } = this.#tokens;
    const period = this.#period;
    const rounds = (index - this.#since + 1 + period) / period;
    if (rounds < 3) return;
    // Once a round it is enough to look, so that all looking together is linear.
    if ((index - this.#since + 1) % period !== 0) return;
    const round = this.#tokens.slice(length - period);
    const weight = round.reduce((sum, { weight: own }) => sum + own, 0);
    const words = round.filter(({ isNumber }) => !isNumber).length;
    if (this.#numbersChange && words < FEWEST_WORDS) return;
    if (rounds < roundsNeeded(weight) + (this.#numbersChange ? MORE_WHERE_NUMBERS_CHANGE : 0)) return;
    this.#found(this.#since - period, this.#since);
  }

  /** Whether the last stretch brought nothing new. */
  #weigh(index: number): void {
    const tokens = this.#tokens;
    if (index < GRAM - 1) return void this.#saidBefore.push(0);
    const row = rowOf(tokens, index, GRAM);
    const words = tokens.slice(index - GRAM + 1, index + 1).filter(({ isNumber }) => !isNumber).length;
    const known = this.#grams.get(row) ?? { first: index, count: 0 };
    this.#grams.set(row, { first: known.first, count: known.count + 1 });
    const saidBefore = words >= 2 ? known.count : 0;
    this.#saidBefore.push(saidBefore);
    if (saidBefore >= 2) this.#oldInStretch++;
    if (index >= STRETCH && (this.#saidBefore[index - STRETCH] ?? 0) >= 2) this.#oldInStretch--;
    if (this.#oldInStretch < STRETCH * NOTHING_NEW) return;
    let from = index;
    for (let back = index, fresh = 0; back >= GRAM && fresh <= GRAM; back--) {
      fresh = (this.#saidBefore[back] ?? 0) > 0 ? 0 : fresh + 1;
      if (fresh === 0) from = back;
    }
    const first = this.#grams.get(rowOf(tokens, from, GRAM))?.first ?? from;
    this.#found(first - GRAM + 1, from - GRAM + 1);
  }

  #found(begins: number, again: number): void {
    const place = (index: number): number => this.#tokens[Math.max(0, index)]?.place ?? 0;
    this.circle = { begins: place(begins), again: place(again) };
  }
}

const rowOf = (tokens: readonly Token[], end: number, length: number): string =>
  tokens
    .slice(end - length + 1, end + 1)
    .map(({ like }) => like)
    .join(" ");

/** The circle in a whole text, if there is one. */
export function findCircle(text: string): Circle | undefined {
  const finder = new CircleFinder();
  finder.push(text);
  finder.end();
  return finder.circle;
}

/**
 * What may be kept of a text that runs in circles: all whole sentences before they are said again. Nothing where it runs in
 * circles from its beginning, and the text itself where it does not.
 */
export function beforeCircle(text: string): string {
  const circle = findCircle(text);
  if (!circle) return text;
  return upToSentence(text, circle.begins) === "" ? "" : upToSentence(text, circle.again);
}
