import type { BaseMessage } from "@langchain/core/messages";
import { CircleFilter } from "../../models/circle-filter.js";
import { elementMarks } from "../../models/find-mark.js";
import { messageText } from "../../models/message-text.js";
import { ReasoningFilter } from "../../models/reasoning.js";
import { chained, type ReplyFilter } from "../../models/reply-filter.js";
import { sectionNames, sectionsIn } from "../section.js";
import { LengthFilter } from "./longest-answer.js";
import { OwnSpeech } from "./own-speech.js";
import { SpeakerLabels } from "./speaker-labels.js";

/**
 * Makes the filters through which the voice's reply to this prompt goes, streamed or not: no section of a prompt, only
 * the person's own words, no longer than an answer may be, and not in circles.
 */
export function voiceFilter(
  prompt: readonly BaseMessage[],
  own: string,
  others: readonly string[],
): () => ReplyFilter {
  const marks = elementMarks([
    ...new Set([...sectionNames, ...prompt.flatMap((part) => sectionsIn(messageText(part)))]),
  ]);
  const labels = new SpeakerLabels(own, others);
  const last = prompt.at(-1);
  const asked = last === undefined ? "" : messageText(last);
  let tries = 0;
  return () =>
    chained(
      new ReasoningFilter({ marks }),
      // What comes to nothing is asked for again; where it comes again, words are better than none.
      new OwnSpeech(labels, asked, tries++ > 0),
      new LengthFilter(),
      new CircleFilter(asked),
    );
}
