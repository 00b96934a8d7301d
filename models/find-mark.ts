import { answerElements, controlMarks, type MarkKind, reasoningElements } from "./control-marks.js";

/** A mark at a place of a text. */
export interface Mark {
  kind: MarkKind | "opensAnswer" | "closesAnswer";
  length: number;
  /** The mark as written, in small letters. */
  text: string;
}

/** A mark, none, or not to be told before more of the text is there. */
export type Finding = Mark | "none" | "maybe";

/** Finds a mark that begins at a place. `whole`: nothing follows, so that what is unfinished is none. */
export interface MarkFinder {
  /** Characters with which its marks begin; global. */
  readonly starts: RegExp;
  at(text: string, place: number, whole: boolean): Finding;
}

/** Attributes of an element are no longer than this. */
const LONGEST_ATTRIBUTES = 120;
/** Marks of unknown families are no longer than this. */
const LONGEST_UNKNOWN = 48;

type Kinds = readonly [opening: Mark["kind"], closing: Mark["kind"]];

/** Elements by name ("<think>", "</think >", "<think type="brief">"); what each does by whether it opens or closes. */
function elementFinder(kinds: ReadonlyMap<string, Kinds>): MarkFinder["at"] {
  const names = [...kinds.keys()].sort((a, b) => b.length - a.length);
  const listed = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join("|");
  const attributes = `(?:\\s[^<>]{0,${LONGEST_ATTRIBUTES}})?`;
  const complete = new RegExp(`<(/?)\\s?(${listed})${attributes}\\s?/?>`, "iuy");
  const begun = new RegExp(`^</?\\s?(?:(?:${listed})${attributes}/?|([^\\s<>/]*))$`, "iu");
  return (text, place, whole) => {
    complete.lastIndex = place;
    const found = complete.exec(text);
    if (found) {
      const [written, slash, name = ""] = found;
      // An empty element holds nothing.
      const [opening, closing] = kinds.get(name.toLowerCase()) ?? ["dropped", "dropped"];
      const kind = written.endsWith("/>") ? "dropped" : slash ? closing : opening;
      return { kind, length: written.length, text: written.toLowerCase() };
    }
    if (whole) return "none";
    const rest = text.slice(place, place + LONGEST_ATTRIBUTES + 40);
    if (place + rest.length < text.length) return "none";
    const start = begun.exec(rest);
    if (!start) return "none";
    const word = start[1]?.toLowerCase();
    return word === undefined || names.some((name) => name.startsWith(word)) ? "maybe" : "none";
  };
}

/** Marks between bars that no table knows: "<|anything|>", full-width or not, or with the first bar alone. */
const unknown = /<[|｜][^\s<>]{1,48}[|｜]?>/iuy;
const unknownBegun = /^<[|｜][^\s<>]*$/u;
const mayBeElement = /^<[/\s|｜a-z]/u;

/** By their first two characters. */
const marksByStart = new Map<string, [mark: string, kind: MarkKind][]>();
for (const entry of controlMarks) {
  const start = entry[0].slice(0, 2);
  marksByStart.set(start, [...(marksByStart.get(start) ?? []), entry]);
}
const starts = [...new Set([...marksByStart.keys()].map((start) => start.charAt(0)))];
const longestMark = Math.max(...[...controlMarks.keys()].map((mark) => mark.length));

const lowered = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());
const elementAt = elementFinder(
  new Map<string, Kinds>([
    ...lowered(reasoningElements).map((name): [string, Kinds] => [name, ["opens", "closes"]]),
    ...lowered(answerElements).map((name): [string, Kinds] => [name, ["opensAnswer", "closesAnswer"]]),
    // The token that begins and the one that ends a text in Llama 2's and Mistral's templates.
    ["s", ["opensAnswer", "ends"]],
  ]),
);

/** The marks of every public template. */
export const templateMarks: MarkFinder = {
  starts: new RegExp(`[${starts.map((start) => start.replace(/[\]\\^-]/u, "\\$&")).join("")}]`, "gu"),
  at(text, place, whole) {
    if (place === text.length - 1) return whole ? "none" : "maybe";
    const near = text.slice(place, place + longestMark).toLowerCase();
    let unfinished = false;
    for (const [mark, kind] of marksByStart.get(near.slice(0, 2)) ?? []) {
      if (near.startsWith(mark)) return { kind, length: mark.length, text: mark };
      unfinished ||= mark.length > near.length && mark.startsWith(near);
    }
    if (unfinished && !whole) return "maybe";
    if (!mayBeElement.test(near)) return "none";
    const element = elementAt(text, place, whole);
    if (element !== "none") return element;
    unknown.lastIndex = place;
    const written = unknown.exec(text)?.[0];
    if (written !== undefined) return { kind: "dropped", length: written.length, text: written };
    const left = text.length - place;
    return !whole && left <= LONGEST_UNKNOWN + 3 && unknownBegun.test(text.slice(place)) ? "maybe" : "none";
  },
};

/** Elements of these names, whose content is not for the listener: the sections of our own prompts. */
export function elementMarks(names: readonly string[]): MarkFinder {
  return {
    starts: /</gu,
    at: elementFinder(new Map(lowered(names).map((name): [string, Kinds] => [name, ["opens", "closes"]]))),
  };
}
