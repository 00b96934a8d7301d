import type { BaseMessage } from "@langchain/core/messages";
import { textOf } from "../conversation.js";
import { lastLines } from "../section.js";

/** Characters of a stimulus that are searched for: beyond a page more words only blur the question. */
const LONGEST_QUERY = 2000;

/** What memory is searched for by the stimulus itself: what was said last comes before words of turns that failed. */
export const wordsToSearchFor = (stimulus: readonly BaseMessage[]): string =>
  lastLines(stimulus.map(textOf), LONGEST_QUERY, ({ length }) => length);
