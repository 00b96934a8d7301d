import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { isSimulacraError } from "../../data/errors.js";
import { faultOf, type MadeOf, type MadeText, SOMETHING_ELSE, tidied } from "./made-text.js";

/** How a part of a memory is asked for, and which text of the reply is looked at. */
export interface Asked<T> {
  kind: MadeText;
  of: MadeOf;
  messages: BaseMessage[];
  call(messages: BaseMessage[]): Promise<T>;
  textOf(reply: T): string;
}

/**
 * Asks a model for a part of a memory; once more, with what was wrong, where its text is not usable. Null where it is not
 * usable then, has nothing to do with the passage, or where the model has no such reply: the memory does without the part.
 * @throws SimulacraError of every failure that is not the reply's: a model that cannot be reached is tried another day
 */
export async function usable<T>(asked: Asked<T>): Promise<{ reply: T; text: string } | null> {
  let { messages } = asked;
  for (let again = 0; again < 2; again++) {
    let reply: T;
    try {
      reply = await asked.call(messages);
    } catch (error) {
      if (isSimulacraError(error, "model_refused") || isSimulacraError(error, "model_empty")) return null;
      throw error;
    }
    const text = tidied(asked.textOf(reply));
    const fault = faultOf(text, asked.kind, asked.of);
    if (fault === null) return { reply, text };
    if (fault === SOMETHING_ELSE) return null;
    messages = mended(asked.messages, fault);
  }
  return null;
}

/** The same request with what was wrong. The reply itself is not shown again: a weak model would go on with it. */
function mended(messages: readonly BaseMessage[], fault: string): BaseMessage[] {
  const last = messages.at(-1);
  const request = `An earlier try could not be used: ${fault}.`;
  return [...messages.slice(0, -1), new HumanMessage(last ? `${last.text}\n\n${request}` : request)];
}
