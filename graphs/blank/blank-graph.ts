import { promptGraph } from "../prompt/prompt-graph.js";

/**
 * The baseline `blank` (paper, section 4.2): the question and the answering rules, no name and no character. Wired
 * exactly as `prompt` is; that `deps.method` is `blank` keeps the character out of what the voice is told.
 */
export const blankGraph = promptGraph;
