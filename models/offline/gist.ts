import { finished, sentencesOf } from "./sentences.js";
import { contentStems } from "./words.js";

/** One or two sentences that say most of what a text says: those whose words the text repeats, the first one favoured. */
export function gist(text: string, mostSentences = 2): string {
  const sentences = sentencesOf(text);
  const counts = new Map<string, number>();
  for (const stem of contentStems(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const scored = sentences.map((sentence, index) => {
    const stems = [...new Set(contentStems(sentence))];
    const sum = stems.reduce((total, stem) => total + (counts.get(stem) ?? 0) - 0.5, 0);
    return { sentence, index, score: sum / (stems.length + 4) + (index === 0 ? 0.4 : 0) };
  });
  const best = scored.sort((a, b) => b.score - a.score).slice(0, mostSentences);
  return (
    best
      .sort((a, b) => a.index - b.index)
      .map(({ sentence }) => finished(sentence))
      .join(" ") || finished(text.slice(0, 200))
  );
}
