import { stemmer } from "stemmer";

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** Normalised index terms of a text: words of any language, lower case, stemmed. Store and query share this. */
export function terms(text: string): string[] {
  const found: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text.normalize("NFKC").toLowerCase())) {
    if (isWordLike) found.push(stemmer(segment));
  }
  return found;
}
