import { SimulacraError } from "../data/errors.js";
import { blank } from "./blank/method.js";
import { macm } from "./macm/method.js";
import type { MethodDescriptor } from "./method.js";
import { prompt } from "./prompt/method.js";
import { rag } from "./rag/method.js";

const all = [blank, prompt, rag, macm] as const;

/** The methods, from the least help to the most. */
export const methods: readonly MethodDescriptor<Method>[] = all;

/** How a character is played. */
export type Method = (typeof all)[number]["id"];

/** Where none is named. */
export const DEFAULT_METHOD: Method = "macm";

/** Their ids. */
export const methodIds: readonly Method[] = methods.map(({ id }) => id);

/** In how many ways graphs can be wired, whatever the method. */
export const wirings = [...new Set(methods.flatMap((method) => method.wirings))];

/** @throws SimulacraError `invalid_option` */
export function methodNamed(id: string): MethodDescriptor<Method> {
  const method = methods.find((one) => one.id === id);
  if (method) return method;
  throw new SimulacraError(
    "invalid_option",
    `There is no method "${id}". There are: ${methodIds.join(", ")}.`,
    "user",
    { name: id },
  );
}
