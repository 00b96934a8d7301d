import { stemOf, wordsOf } from "./words.js";

/** A small lexicon of feeling words: valence -1 to 1 and arousal 0 to 1, by stem. Written for this model. */
const entries: readonly [words: string, valence: number, arousal: number][] = [
  ["joy joyful happy happiness delight delighted thrilled laugh laughed laughing", 0.8, 0.6],
  ["love loved loving adore beloved kiss hug", 0.8, 0.5],
  ["proud pride triumph win won success succeed celebrate", 0.7, 0.6],
  ["glad pleased pleasant good lovely nice kind kindness gentle sweet warm warmth", 0.6, 0.35],
  ["calm peace peaceful quiet content contented rest relief relieved safe comfort", 0.5, 0.15],
  ["hope hopeful grateful thank thanks gratitude trust", 0.6, 0.35],
  ["excited excitement eager surprise surprised wonderful great amazing", 0.7, 0.75],
  ["curious interest interested enjoy enjoyed fun smile smiled", 0.6, 0.45],
  ["sad sadness sorrow cry cried tears weep wept unhappy miss missed", -0.7, 0.4],
  ["grief grieve mourn died death dead funeral bury buried loss lost", -0.8, 0.5],
  ["lonely alone loneliness abandoned empty", -0.6, 0.25],
  ["tired weary exhausted bored dull", -0.35, 0.1],
  ["fear afraid scared frightened terror terrified panic danger threat", -0.7, 0.8],
  ["worry worried anxious nervous uneasy tense", -0.5, 0.6],
  ["angry anger furious rage hate hated hatred shout shouted fight fought quarrel", -0.7, 0.85],
  ["shame ashamed guilt guilty embarrassed humiliated regret sorry", -0.6, 0.5],
  ["pain hurt hurts wound ill sick illness suffer suffered bad terrible awful worst cruel", -0.7, 0.5],
  ["bitter jealous envy disappointed disappointment betray betrayed fail failed failure", -0.6, 0.5],
];
let lexicon: Map<string, readonly [number, number]> | undefined;

function loadLexicon(): Map<string, readonly [number, number]> {
  const all = new Map<string, readonly [number, number]>();
  for (const [words, valence, arousal] of entries) {
    for (const word of words.split(" ")) all.set(stemOf(word), [valence, arousal]);
  }
  return all;
}

const negations = new Set([
  "not",
  "never",
  "no",
  "without",
  "hardly",
  "don",
  "didn",
  "wasn",
  "isn",
  "nothing",
]);

/** How a text feels: valence in [-1, 1], arousal in [0, 1], and how many feeling words it holds. */
export interface TextAffect {
  valence: number;
  arousal: number;
  words: number;
}

/** Mean valence and arousal of a text's feeling words; a negation in the two words before turns valence at half strength. */
export function affectOf(text: string): TextAffect {
  lexicon ??= loadLexicon();
  let valence = 0;
  let arousal = 0;
  let count = 0;
  const words = wordsOf(text);
  for (const [index, word] of words.entries()) {
    const felt = lexicon.get(stemOf(word));
    if (!felt) continue;
    const turned = negations.has(words[index - 1] ?? "") || negations.has(words[index - 2] ?? "");
    valence += turned ? -felt[0] / 2 : felt[0];
    arousal += felt[1];
    count++;
  }
  if (count === 0) return { valence: 0, arousal: 0.3, words: 0 };
  const exclaimed = Math.min(0.2, (text.match(/!/g)?.length ?? 0) * 0.05);
  return { valence: valence / count, arousal: Math.min(1, arousal / count + exclaimed), words: count };
}
