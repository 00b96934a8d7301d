import { terms, words } from "../memory/ranking/terms.js";
import { findCircle } from "../models/circles.js";
import { elementMarks } from "../models/find-mark.js";
import { ReasoningFilter } from "../models/reasoning.js";
import { filtered } from "../models/reply-filter.js";
import { sectionNames } from "./section.js";

const marks = elementMarks(sectionNames);
const wrapped = new RegExp(`^<(${sectionNames.join("|")})>([\\s\\S]*)</\\1>$`, "iu");
const tag = /<\/?[a-z][^<>]*>|\[\/?[A-Z_]{3,}\]/iu;

/** What an agent wrote, without the sections of its prompt that it copied, and out of the one that it put around it all. */
export function withoutSections(text: string): string {
  const inside = wrapped.exec(text.trim())?.[2] ?? text;
  return filtered(new ReasoningFilter({ marks }), inside).trim();
}

/**
 * Why nothing can be made of an agent's words, or undefined: they say nothing beside tags, run in circles, or hold tags
 * and share no word with the talk, as replies to a prompt that was not understood do.
 */
export function unusableBecause(words: readonly string[], talk: string): string | undefined {
  if (words.some((text) => findCircle(text))) return "it runs in circles";
  const all = words.join("\n");
  if (!/[\p{L}\p{N}]/u.test(all.replaceAll(new RegExp(tag, "giu"), ""))) return "it says nothing";
  if (!tag.test(all)) return undefined;
  const heard = new Set(terms(talk));
  return terms(all).some((term) => heard.has(term)) ? undefined : "it holds tags, and no word of the talk";
}

/** Every text in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Whether two texts say the same, word for word. */
export const sameWords = (one: string, other: string): boolean =>
  words(one).join(" ") === words(other).join(" ");
