import { createRequire } from "node:module";
import type { BaseMessage } from "@langchain/core/messages";
import type { TiktokenBPE } from "js-tiktoken/lite";
import { messageText } from "./message-text.js";

/** Tokens that every message costs beside its text, and tokens that open the reply (OpenAI's published counting rule). */
const tokensPerMessage = 4;
const tokensPerReply = 3;
/** Longest run of characters handed to the encoder: its merging is quadratic in the length of one run. */
const longestPiece = 48;
/** Bounds of the two caches. */
const keptPieces = 50_000;
const keptTexts = 1_000;
const longestKeptText = 40_000;

interface Counter {
  pattern: RegExp;
  encodePiece: (piece: string) => number;
}

let counter: Counter | undefined;
const pieceCounts = new Map<string, number>();
const textCounts = new Map<string, number>();

/** Reads the vocabulary at the first call (about 100 ms), synchronously and from the package itself. */
function load(): Counter {
  const require = createRequire(import.meta.url);
  const { Tiktoken } = require("js-tiktoken/lite") as typeof import("js-tiktoken/lite");
  const loaded = require("js-tiktoken/ranks/cl100k_base") as TiktokenBPE | { default: TiktokenBPE };
  const ranks = "default" in loaded ? loaded.default : loaded;
  const encoder = new Tiktoken(ranks);
  return {
    pattern: new RegExp(ranks.pat_str, "gu"),
    encodePiece: (piece) => encoder.encode(piece, [], []).length,
  };
}

function countPiece(piece: string, encodePiece: Counter["encodePiece"]): number {
  if (piece.length > longestPiece) {
    let sum = 0;
    for (let at = 0; at < piece.length; at += longestPiece) {
      sum += countPiece(piece.slice(at, at + longestPiece), encodePiece);
    }
    return sum;
  }
  const known = pieceCounts.get(piece);
  if (known !== undefined) return known;
  const count = encodePiece(piece);
  if (pieceCounts.size >= keptPieces) pieceCounts.clear();
  pieceCounts.set(piece, count);
  return count;
}

/**
 * Tokens of a text in OpenAI's cl100k vocabulary; no network. Exact, but for unbroken runs of more than 48 letters,
 * which are counted in parts (an overestimate of at most one token a part) so that no input can be slow.
 * Special tokens written in the text ("<|endoftext|>") count as ordinary text. Counts are cached.
 */
export function countTokens(text: string): number {
  if (text === "") return 0;
  const known = textCounts.get(text);
  if (known !== undefined) {
    textCounts.delete(text);
    textCounts.set(text, known);
    return known;
  }
  counter ??= load();
  const { pattern, encodePiece } = counter;
  let count = 0;
  for (const piece of text.match(pattern) ?? []) count += countPiece(piece, encodePiece);
  if (text.length <= longestKeptText) {
    if (textCounts.size >= keptTexts) textCounts.delete(textCounts.keys().next().value as string);
    textCounts.set(text, count);
  }
  return count;
}

/** Prompt tokens of a list of messages: their text, 4 a message and 3 for the reply. */
export function countMessageTokens(messages: readonly BaseMessage[]): number {
  let count = tokensPerReply;
  for (const message of messages) count += tokensPerMessage + countTokens(messageText(message));
  return count;
}
