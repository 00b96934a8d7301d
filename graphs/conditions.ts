import { type AgentId, builtInAgents } from "../agents/agents.js";
import { SimulacraError } from "../data/errors.js";
import { didYouMean } from "../data/nearest-name.js";
import type { MethodDescriptor } from "./method.js";
import { type Method, methodNamed, methods } from "./methods.js";

/** How a character is played: a method, and the agents of its mind that are left out (an ablation). */
export interface PlayedBy {
  method: MethodDescriptor<Method>;
  without: readonly AgentId[];
}

/** The one name of a condition: "macm", "macm:without=emotion+thinking". */
export const conditionName = ({ method, without }: PlayedBy): string =>
  without.length === 0 ? method.id : `${method.id}:without=${[...new Set(without)].sort().join("+")}`;

/**
 * Reads `METHOD` or `METHOD:without=AGENT+AGENT`.
 * @throws SimulacraError `invalid_option`
 */
export function readCondition(text: string): PlayedBy {
  const [, id = "", without] =
    /^([^:]*)(?::without=([a-z0-9-]+(?:\+[a-z0-9-]+)*))?$/u.exec(text.trim()) ?? [];
  if (id === "") throw refused(text, "Write METHOD, or METHOD:without=AGENT+AGENT to leave agents out.");
  const method = methodNamed(id);
  if (without !== undefined && !method.remembers)
    throw refused(text, `The method "${id}" has no agents that could be left out.`);
  const agents = builtInAgents.map(({ id }) => id as string);
  const unknown = without?.split("+").find((id) => !agents.includes(id));
  if (unknown !== undefined)
    throw refused(
      text,
      `There is no agent "${unknown}" to leave out.${didYouMean(unknown, agents)} There are: ${agents.join(", ")}.`,
    );
  return { method, without: (without?.split("+") ?? []) as AgentId[] };
}

/** The method of a condition's name: that of "macm:without=emotion" is macm; undefined where there is none of that name. */
export const methodOfCondition = (name: string): MethodDescriptor<Method> | undefined =>
  methods.find(({ id }) => id === name.split(":", 1)[0]);

const refused = (text: string, why: string) =>
  new SimulacraError("invalid_option", `“${text}” is no way to play a character. ${why}`, "user", {
    name: text,
  });
