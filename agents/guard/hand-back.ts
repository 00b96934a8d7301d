import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { isReplaced } from "./marks.js";

/** The conversation as the state holds it: `earlier` is known and not put out. */
export interface Talk {
  messages: BaseMessage[];
  earlier: BaseMessage[];
}

/** Whether the graph runs inside a host's graph: the namespaces of nested runs are joined by "|". */
const isNested = ({ configurable }: RunnableConfig): boolean =>
  String(configurable?.checkpoint_ns ?? "").includes("|");

/**
 * A host's graph has the user's own messages in its state, and would put ours with the same ids over them. So what a
 * guard has reworded is not put out there: it moves, with what was said before it, to what is only known.
 */
export function handedBack(talk: Talk, config: RunnableConfig): Talk {
  const last = isNested(config) ? talk.messages.findLastIndex(isReplaced) : -1;
  if (last < 0) return talk;
  const isScene = ({ type }: BaseMessage) => type === "system";
  const known = talk.messages.slice(0, last + 1);
  return {
    messages: [...known.filter(isScene), ...talk.messages.slice(last + 1)],
    earlier: [...talk.earlier, ...known.filter((message) => !isScene(message))],
  };
}
