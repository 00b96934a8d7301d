import { Embeddings } from "@langchain/core/embeddings";
import { stemmer } from "stemmer";

const dimensions = 384;

/** 32-bit FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value ^= text.charCodeAt(at);
    value = Math.imul(value, 0x01000193);
  }
  // A final mix, so that the low bits depend on every character.
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  return value >>> 0;
}

const stopWords = new Set(
  "a an the and or but if of at by for with about to from in on is am are was were be been do does did have has had i you he she it we they me him her us them my your his its our their this that these those as so not no".split(
    " ",
  ),
);

function add(vector: number[], feature: string, weight: number): void {
  const value = hash(feature);
  const at = value % dimensions;
  vector[at] = (vector[at] ?? 0) + (value & 0x80000000 ? weight : -weight);
}

/**
 * Hashed lexical vectors: word stems and, at a fifth of the weight, their letter trigrams, hashed with sign into 384
 * dimensions and scaled to length 1 (feature hashing, Weinberger et al. 2009). Knows no meaning, only shared words and
 * spellings; needs no model. A text without words gives a fixed vector.
 */
export class LexicalEmbeddings extends Embeddings {
  static readonly dimensions = dimensions;

  constructor() {
    super({});
  }

  override async embedDocuments(documents: string[]): Promise<number[][]> {
    return documents.map(embed);
  }

  override async embedQuery(document: string): Promise<number[]> {
    return embed(document);
  }
}

function embed(text: string): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const stem = stopWords.has(word) ? word : stemmer(word);
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  for (const [stem, count] of counts) {
    const weight = (stopWords.has(stem) ? 0.1 : 1) * (1 + Math.log(count));
    add(vector, stem, weight);
    if (stopWords.has(stem)) continue;
    const padded = `^${stem}$`;
    for (let at = 0; at + 3 <= padded.length; at++) add(vector, padded.slice(at, at + 3), weight / 5);
  }
  const length = Math.hypot(...vector);
  if (length === 0) {
    vector[0] = 1;
    return vector;
  }
  return vector.map((value) => value / length);
}
