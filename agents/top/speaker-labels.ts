import { otherHeadings, otherLabels, ownLabels, replyLabels } from "../../models/control-marks.js";

/** Where a label could stand: at the beginning of a reply, of a line, or after a sentence in its midst. */
export type LabelPlace = "start" | "line" | "sentence";

/** A label before somebody's words, none, or not to be told before more of the text is there. */
export type FoundLabel = { speaker: Speaker; length: number } | "none" | "maybe";

/** The person, one who is there, or somebody whom only a template names ("User:"). */
export type Speaker = "own" | "other" | "role";

/** What may stand around a name: "**Anna:**", "### Response:", "[Anna]:". */
const before = /^(?:#{1,6}[ \t]*)?[>*_[【<]{0,4}[ \t]*/u;
const behind = /^[ \t]*(?:[([（*_][^()[\]（）\n:：]{1,40}[)\]）*_])?[*_\]】>]{0,4}[ \t]{0,2}[:：][*_]{0,4}/u;
const behindBegun = /^[ \t]*(?:[([（*_][^()[\]（）\n:：]{0,40}[)\]）*_]?)?[*_\]】>]{0,4}[ \t]{0,2}$/u;
/** Nothing that could be a label is longer. */
const LONGEST_LABEL = 200;

/** Names that are words too: in the midst of a line, before a colon, they are mostly those. */
const wordNames = new Set(
  (
    "angel april art august autumn baker bell best bill black bob brook brown buck chance chase cliff cook daisy dale dawn " +
    "day dean drew earl eve faith field fisher frank gene glory grace grant gray green guy hank harmony hazel heath hill " +
    "honey hope hunter iris ivy jack jade jewel joy june justice king lance lee lily long love major mark may melody mercy " +
    "merry miles miller misty nick norm olive patience pearl penny pierce pip poppy price prudence ray reed rich rob robin " +
    "rod rose ruby rusty sage sandy sky smith star sterling stone sue summer sunny victor victory violet wade ward west " +
    "white will winter wise wood woods wren young"
  ).split(" "),
);

/** What is said to somebody who is there: a question, or words for oneself and them, and of thanks and greeting. */
const toSomebody =
  /[?？]|(?<![\p{L}\p{M}])(?:i|i['’]\p{L}+|me|my|we|us|our|you|you['’]\p{L}+|your|yours|thanks?|yes|no|ok|okay|please|hello|hi|sorry|goodbye|bye|ich|du|sie|wir|ja|nein|danke|bitte|je|j['’]\p{L}+|tu|vous|nous|oui|non|merci|yo|tú|usted|sí|gracias|eu|você|sim|não|obrigad[oa]|io|grazie|я|ты|вы|мы|да|нет|спасибо)(?![\p{L}\p{M}])|[我你您谢謝]|ありがと|ですか|はい|네|감사/iu;
/** Whether words behind a label in the midst of a line are somebody's turn, or what is told of them. */
export const saysToSomebody = (words: string): boolean => toSomebody.test(words);

/** What begins a line of a dialogue that is told, or of a list: a short name before a colon, and no remark. */
export const toldLabel =
  /^(?!\W*(?:[Nn]otes?|NOTE|N\.?B\.?|P\.?S\.?|Hint|Tip|Warning|Answer|Reply|Anmerkung|Remarque|Nota|My|Your|His|Her|Its|So|But|And|Then|Here|Yes|No|I|It|This|That|There|What)(?![\p{L}\p{M}]))[\s>*_-]*(?:\p{Lu}|\p{Lo})[\p{L}\p{M}\p{N}.'’-]*(?: [\p{L}\p{M}\p{N}.'’-]+){0,2}[*_]{0,2} ?[:：]/u;

const titles = new Set(
  "mr mrs ms miss dr prof sir madam frau herr monsieur madame señor señora don doña signor signora".split(
    " ",
  ),
);

const folded = (name: string): string => name.normalize("NFC").toLowerCase().replace(/\s+/gu, " ").trim();

/** The names by which somebody is labelled: the whole one, the first and the last. */
function namesOf(name: string): string[] {
  const whole = folded(name);
  const parts = whole.split(" ").filter((part) => !titles.has(part.replace(/\.$/u, "")));
  return [whole, parts.join(" "), parts[0] ?? "", parts.at(-1) ?? ""].filter((part) => part.length > 1);
}

/** Who is labelled by a name, and where that counts. */
interface Labelled {
  speaker: Speaker;
  places: readonly LabelPlace[];
  heading?: boolean;
}

/**
 * Finds the labels of speakers in a reply: the person's own name, the names of those who are there, and the roles of
 * templates. Unknown words before a colon ("Note:", "Monday:", people who are only told of) are none.
 */
export class SpeakerLabels {
  readonly #labels = new Map<string, Labelled>();

  /** @param own the name of the person who speaks; others: the names of those who are there */
  constructor(own: string, others: readonly string[]) {
    const lines = ["start", "line"] as const;
    const everywhere = ["start", "line", "sentence"] as const;
    const add = (names: readonly string[], labelled: Labelled): void => {
      for (const name of names) if (!this.#labels.has(name)) this.#labels.set(name, labelled);
    };
    // Where two have the same name, it is the speaker's own.
    add(namesOf(own), { speaker: "own", places: everywhere });
    add(ownLabels, { speaker: "own", places: lines });
    add(replyLabels, { speaker: "own", places: ["start"] });
    add(["you", "the other", "the other one"], { speaker: "other", places: lines });
    add(otherLabels, { speaker: "role", places: lines });
    // The command line's one user, whose id is a word that people use of themselves.
    if (others.includes("me")) add(["me"], { speaker: "other", places: lines });
    for (const name of others)
      for (const called of namesOf(name))
        add([called], { speaker: "other", places: wordNames.has(called) ? lines : everywhere });
    add(otherHeadings, { speaker: "role", places: lines, heading: true });
  }

  /** The label that begins here. `whole`: nothing follows. */
  at(text: string, place: number, where: LabelPlace, whole: boolean): FoundLabel {
    const near = text.slice(place, place + LONGEST_LABEL);
    const open = !whole && near.length === text.length - place;
    const markup = before.exec(near)?.[0] ?? "";
    const rest = near.slice(markup.length).normalize("NFC");
    const lower = rest.toLowerCase();
    let unfinished = false;
    for (const [name, { speaker, places, heading }] of this.#labels) {
      if (!places.includes(where)) continue;
      const end = endOf(name, lower);
      if (end === "maybe") unfinished ||= open;
      if (typeof end === "string") continue;
      const following = rest.slice(end);
      const colon = behind.exec(following)?.[0];
      if (colon !== undefined) {
        if (heading && !markup.startsWith("#")) continue;
        // What closes the markup may still come.
        if (open && end + colon.length === rest.length) return "maybe";
        return { speaker, length: markup.length + end + colon.length };
      }
      unfinished ||= open && behindBegun.test(following);
    }
    return unfinished || (open && rest === "") ? "maybe" : "none";
  }
}

/** Where a name ends that the text begins with; any blank space may stand between its words. */
function endOf(name: string, text: string): number | "none" | "maybe" {
  let at = 0;
  for (const character of name) {
    if (at >= text.length) return "maybe";
    if (character === " ") {
      const start = at;
      while (/[ \t]/u.test(text.charAt(at))) at++;
      if (at === start) return "none";
    } else if (text.startsWith(character, at)) at += character.length;
    else return "none";
  }
  return at;
}
