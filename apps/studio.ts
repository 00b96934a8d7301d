import { consolidationFactory } from "./studio/consolidation-studio.js";
import { constructionFactory } from "./studio/construction-studio.js";
import { talkFactory } from "./studio/talk-studio.js";

// The graphs that langgraph.json serves to LangGraph Studio and its SDK. Each export is a factory: the server calls it
// anew for every request, and nothing is opened before one comes.

/** Talk with a character played by the Multi-Agent Cognitive Mechanism. */
export const macm = talkFactory("macm");
/** The baseline `prompt`: facts, traits, biography and the conversation. */
export const prompt = talkFactory("prompt");
/** The baseline `rag`: `prompt` and the passages of the life story nearest to what was said. */
export const rag = talkFactory("rag");
/** The baseline `blank`: the question and the answering rules, nobody in particular. */
export const blank = talkFactory("blank");
/** Builds long-term memory from a character's life story; run again, it goes on where it stopped. */
export const memoryConstruction = constructionFactory();
/** Works off what a character has due for consolidation. */
export const consolidation = consolidationFactory();
