import { stemmer } from "stemmer";

const stopWords = new Set(
  (
    "a about after again all also am an and any are as ask at be because been before being between but by can could d did do does doing " +
    "else ever every for from had has have he her here him his how i if in into is it its just know let like ll m make may me mean might " +
    "more most much must my myself no not now of off ok on once one only or our out over own please re really remember s said say shall " +
    "she should so some something sometimes still such t tell than thank thanks that the their them then there these they thing things " +
    "think this those to too up us ve very was we were what when where which while who whom whose why will with would yes you your yourself"
  ).split(" "),
);

/** Forms that no stemmer brings together. */
const irregular: Readonly<Record<string, string>> = {
  taught: "teach",
  met: "meet",
  came: "come",
  went: "go",
  made: "make",
  left: "leave",
  lost: "lose",
  bought: "buy",
};

/** What everyday questions ask for, in the words of a profile. */
const asksFor: Readonly<Record<string, string>> = {
  old: "age",
  living: "occupation",
  job: "occupation",
  live: "home",
};

/** The words of a text that carry meaning, in small letters; Han characters count one by one. */
export const tellingWords = (text: string): string[] =>
  (text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []).filter((word) => !stopWords.has(word));

/** Their stems. */
export const stemsOf = (text: string): string[] =>
  tellingWords(text).map((word) => stemmer(irregular[word] ?? word));

/** The same for a question, with what it asks for in other words. */
export function askedStems(question: string): string[] {
  const words = question.toLowerCase().match(/\p{L}+/gu) ?? [];
  return [...stemsOf(question), ...words.flatMap((word) => stemsOf(asksFor[word] ?? ""))];
}

/** The sentences of a text, line by line; a title or an initial ends none. */
export const sentencesOf = (text: string): string[] =>
  text
    .split("\n")
    .flatMap((line) => line.split(/(?<=(?<!\b(?:Mrs?|Ms|Dr|St|\p{Lu}))[.!?…]["”’)]*)\s+|(?<=[。！？])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));

/** How much of what is asked for stands in each text, 0 to 1; a word that few of the texts have weighs more. */
export function supports(asked: readonly string[], texts: readonly ReadonlySet<string>[]): number[] {
  const weights = new Map<string, number>();
  for (const stem of asked) {
    const held = texts.filter((text) => text.has(stem)).length;
    weights.set(stem, Math.log(1 + (texts.length - held + 0.5) / (held + 0.5)));
  }
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return texts.map((text) =>
    [...weights].reduce((sum, [stem, weight]) => sum + (text.has(stem) ? weight / whole : 0), 0),
  );
}

const pleasant =
  "joy happy happiness glad delight laugh love kind warm proud pride calm peace safe hope thank grateful good lovely wonderful fun smile";
const unpleasant =
  "sad cry cried tear grief died dead death drown lost lose alone lonely fear afraid worry angry anger hate shame guilt sorry pain hurt ill bad terrible";
const stirring =
  "joy delight laugh love excite wonderful cry cried grief died death drown fear afraid angry anger hate pain hurt terrible shout fight";
const [good, bad, strong] = [pleasant, unpleasant, stirring].map(
  (words) => new Set(words.split(" ").map(stemmer)),
);

/** How a text feels, by its feeling words: valence in [-1, 1], arousal in [0, 1], and a sentence that says so. */
export function feelingOf(text: string): { text: string; valence: number; arousal: number } {
  const stems = stemsOf(text);
  const count = (among: ReadonlySet<string> | undefined) => stems.filter((stem) => among?.has(stem)).length;
  const [up, down] = [count(good), count(bad)];
  const valence = up + down === 0 ? 0 : Math.round(((up - down) / (up + down)) * 60) / 100;
  const says = valence > 0 ? "It warms me to think of it." : "It weighs on me to think of it.";
  return {
    text: valence === 0 ? "I feel calm when I think of it." : says,
    valence,
    arousal: Math.min(0.9, 0.3 + 0.1 * count(strong)),
  };
}
