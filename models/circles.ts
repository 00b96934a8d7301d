import { number, numberSaid, timesAskedFor, timesBy, token, unspaced } from "./circle-tokens.js";
import { upToSentence } from "./sentence-end.js";
import { LONGEST_SIGNS, MOST_LETTERS, stuckLettersIn, stuckSignsIn } from "./stuck-signs.js";

/** Where a text begins to run in circles: what is said over and over, and where it is said for the second time. */
export interface Circle {
  begins: number;
  again: number;
}

const LONGEST_TOKEN = 150;

/** Rounds of so many words, or characters said again, from which a circle is one though more may follow. */
const LONG_ROUNDS = 8;
const LONG_ROUND_WORDS = 4;
const LONG_AGAIN = 300;
const LONG_AGAIN_ROUNDS = 4;
/** Characters of numbers alone, as code and tables have them, that are no circle. */
const NUMBERS_AGAIN = 1000;

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
 * Rounds, the first included, from which a circle is one where the text ends in it. People say a word or a short phrase over and over ("row, row,
 * row your boat", "Lord have mercy" thrice), and a whole sentence twice, seldom three times.
 */
function roundsNeeded(weight: number): number {
  if (weight >= 6) return 3;
  if (weight >= 4) return 4;
  if (weight >= 3) return 5;
  return weight >= 2 ? 7 : 20;
}

interface Token {
  raw: string;
  /** With numbers made alike. */
  like: string;
  place: number;
  weight: number;
  isNumber: boolean;
  /** Never said before in the text. */
  isNew: boolean;
}

/**
 * Finds a circle in a text while it comes: the same words round and round, alike but for numbers or not, or a long stretch
 * of which everything was said at least twice before. It is one where the text never comes out of it, or goes on in it for
 * very long: laughter, a chorus, a list that ends and is followed by new words is none. Nor are tables, code, rules, numbers
 * that count down, and what is said as often as was asked. How the text is cut into pieces decides nothing; the time is
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
  #newInStretch = 0;
  readonly #words = new Set<string>();
  /** A circle that is one if nothing else follows, and the last token in it. */
  #candidate: { begins: number; again: number; last: number } | undefined;
  /** Tokens since which nothing new was said. */
  #nothingNew = 0;
  /** Not all numbers that change get smaller. */
  #countsUp = false;
  /** How often something is to be said, as was asked or said. */
  #times: number;
  #inCode = false;
  #inTable = false;

  /** @param asked what the text answers, which may ask for the same words many times */
  constructor(asked = "") {
    this.#times = timesAskedFor(asked);
  }

  /** Takes the next piece of the text. */
  push(piece: string): void {
    if (this.circle) return;
    this.#pending += piece;
    this.#read(false);
  }

  /** Nothing more follows. */
  end(): void {
    if (this.circle) return;
    this.#read(true);
    const held = this.#candidate;
    if (this.circle || held === undefined) return;
    const last = this.#tokens.length - 1;
    // The last word may have been cut.
    if (held.last === last || (held.last === last - 1 && this.#isCut(last, held)))
      this.#found(held.begins, held.again);
  }

  /** Whether a last token is the beginning of the one that would follow in the circle. */
  #isCut(last: number, { begins, again }: { begins: number; again: number }): boolean {
    const due = this.#tokens[last - (again - begins)]?.raw;
    return due?.startsWith(this.#tokens[last]?.raw ?? "-") === true;
  }

  #read(whole: boolean): void {
    const text = this.#pending;
    let done = 0;
    for (const found of text.matchAll(token)) {
      const end = found.index + found[0].length;
      if (!whole && end >= text.length - 1 && !unspaced.test(found[0])) break;
      const gap = text.slice(done, found.index);
      if (this.#signs(gap, done, false)) return;
      this.#pass(gap);
      if (found[0].length > LONGEST_TOKEN && this.#letters(found[0], found.index)) return;
      const last = whole && end + MOST_LETTERS > text.length && !/[\p{L}\p{N}]/u.test(text.slice(end));
      if (last && found[0].length >= MOST_LETTERS && this.#letters(found[0], found.index)) return;
      this.#add(found[0], this.#at + found.index);
      if (this.circle) return;
      done = end;
    }
    let rest = text.slice(done);
    if (rest.length > LONGEST_SIGNS || whole) {
      const start = rest.search(/\p{L}/u);
      if (this.#signs(rest, done, whole)) return;
      if (start >= 0 && this.#letters(rest.slice(start), done + start)) return;
      const passed = Math.max(0, rest.length - LONGEST_TOKEN);
      this.#pass(rest.slice(0, passed));
      done += passed;
      rest = text.slice(done);
    }
    this.#pending = rest;
    this.#at += done;
  }

  /** Notes where code and tables begin and end in what stands between two words. */
  #pass(gap: string): void {
    for (const [mark] of gap.matchAll(/```|~~~|\n\s*|[|\t]/gu)) {
      if (mark.startsWith("\n")) this.#inTable = false;
      else if (mark === "|" || mark === "\t") this.#inTable = true;
      else this.#inCode = !this.#inCode;
    }
  }

  #letters(text: string, offset: number): boolean {
    return this.#stuck(stuckLettersIn(text), offset);
  }

  #signs(text: string, offset: number, last: boolean): boolean {
    return this.#stuck(stuckSignsIn(text, last), offset);
  }

  #stuck(index: number, offset: number): boolean {
    if (index < 0) return false;
    // Nothing of it is worth keeping.
    const begins = this.#at + offset + index;
    this.circle = { begins, again: begins };
    return true;
  }

  #add(written: string, place: number): void {
    const raw = written.toLowerCase();
    if (this.#inCode || this.#inTable) return;
    const isNumber = number.test(raw);
    const tokens = this.#tokens;
    this.#times = Math.max(this.#times, timesBy(tokens.at(-1)?.raw, raw));
    const isNew = !this.#words.has(raw);
    this.#words.add(raw);
    tokens.push({
      raw,
      like: isNumber ? "#" : raw,
      place,
      weight: unspaced.test(raw) ? 0.5 : 1,
      isNumber,
      isNew,
    });
    this.#follow(tokens.length - 1);
    if (!this.circle) this.#weigh(tokens.length - 1);
  }

  /** Follows what is being repeated, and finds it where nothing is. */
  #follow(index: number): void {
    const tokens = this.#tokens;
    const now = tokens[index];
    const before = this.#period > 0 ? tokens[index - this.#period] : undefined;
    if (now && before?.like === now.like) this.#compare(before, now);
    else this.#period = 0;
    if (index < ALIKE - 1) return;
    const row = rowOf(tokens, index, ALIKE);
    const last = this.#last.get(row);
    this.#last.set(row, index);
    if (this.#period === 0 && last !== undefined) {
      this.#period = index - last;
      this.#since = index - ALIKE + 1;
      this.#numbersChange = false;
      this.#countsUp = false;
      for (let back = 0; back < ALIKE; back++) this.#compare(tokens[last - back], tokens[index - back]);
    }
    if (this.#period > 0) this.#judge(index);
  }

  #compare(before: Token | undefined, now: Token | undefined): void {
    if (!before || !now || before.raw === now.raw) return;
    this.#numbersChange = true;
    this.#countsUp ||= !(numberSaid(now.raw) < numberSaid(before.raw));
  }

  #judge(index: number): void {
    const period = this.#period;
    const rounds = (index - this.#since + 1 + period) / period;
    const begins = this.#since - period;
    const held = this.#candidate;
    if (held?.begins === begins && held.again === this.#since) held.last = index;
    if (rounds < 3) return;
    // Once a round it is enough to look, so that all looking together is linear.
    if ((index - this.#since + 1) % period !== 0) return;
    const round = this.#tokens.slice(-period);
    const weight = round.reduce((sum, { weight: own }) => sum + own, 0);
    const words = round.filter(({ isNumber }) => !isNumber).length;
    const again = (this.#tokens[index]?.place ?? 0) - (this.#tokens[this.#since]?.place ?? 0);
    if (words === 0 && again < NUMBERS_AGAIN) return;
    // What counts down comes to its end.
    if (this.#numbersChange && (words < FEWEST_WORDS || !this.#countsUp)) return;
    const more = this.#numbersChange ? MORE_WHERE_NUMBERS_CHANGE : 0;
    if (rounds < roundsNeeded(weight) + more || rounds <= this.#times) return;
    const long =
      (weight >= LONG_ROUND_WORDS && rounds >= LONG_ROUNDS + more) ||
      (again > LONG_AGAIN && rounds >= LONG_AGAIN_ROUNDS + more);
    if (long) this.#found(begins, this.#since);
    else this.#candidate = { begins, again: this.#since, last: index };
  }

  /** Whether the last stretch brought nothing new. */
  #weigh(index: number): void {
    const tokens = this.#tokens;
    if (tokens[index]?.isNew) this.#newInStretch++;
    if (tokens[index - STRETCH]?.isNew) this.#newInStretch--;
    if (index < GRAM - 1) return void this.#saidBefore.push(0);
    const row = rowOf(tokens, index, GRAM);
    const words = tokens.slice(index - GRAM + 1, index + 1).filter(({ isNumber }) => !isNumber).length;
    const known = this.#grams.get(row) ?? { first: index, count: 0 };
    this.#grams.set(row, { first: known.first, count: known.count + 1 });
    const saidBefore = words >= 2 ? known.count : 0;
    this.#saidBefore.push(saidBefore);
    if (saidBefore >= 2) this.#oldInStretch++;
    if (index >= STRETCH && (this.#saidBefore[index - STRETCH] ?? 0) >= 2) this.#oldInStretch--;
    const asAsked = this.#period > 0 && this.#times * this.#period >= index - this.#since;
    // A word that was never said is news: "On Tuesday I …", after Monday.
    if (
      this.#oldInStretch < STRETCH * NOTHING_NEW ||
      this.#newInStretch > 0 ||
      asAsked ||
      this.#countingDown()
    ) {
      this.#nothingNew = 0;
      return;
    }
    this.#nothingNew++;
    const held = this.#candidate;
    if (this.#nothingNew > 1 && held?.last === index - 1) held.last = index;
    if (held?.last === index) {
      if (this.#nothingNew > STRETCH) this.#found(held.begins, held.again);
      return;
    }
    let from = index;
    for (let back = index, fresh = 0; back >= GRAM && fresh <= GRAM; back--) {
      fresh = (this.#saidBefore[back] ?? 0) > 0 ? 0 : fresh + 1;
      if (fresh === 0) from = back;
    }
    const first = this.#grams.get(rowOf(tokens, from, GRAM))?.first ?? from;
    this.#candidate = { begins: first - GRAM + 1, again: from - GRAM + 1, last: index };
  }

  #countingDown(): boolean {
    return this.#period > 0 && this.#numbersChange && !this.#countsUp;
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

/** The circle in a whole text, if there is one; `asked` is what it answers. */
export function findCircle(text: string, asked?: string): Circle | undefined {
  const finder = new CircleFinder(asked);
  finder.push(text);
  finder.end();
  return finder.circle;
}

/**
 * What may be kept of a text that runs in circles: all whole sentences before they are said again. Nothing where it runs in
 * circles from its beginning, and the text itself where it does not.
 */
export function beforeCircle(text: string, asked?: string): string {
  const circle = findCircle(text, asked);
  if (!circle) return text;
  return upToSentence(text, circle.begins) === "" ? "" : upToSentence(text, circle.again);
}
