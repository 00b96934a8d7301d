import { type ErrorBody, errorIn } from "./error-body.js";

/** What a server says beside the text of a reply. */
export interface BesideReply {
  /** The words with which the model declines (`refusal`), as far as they came. */
  refusal: string;
}

interface Part {
  content?: unknown;
  refusal?: unknown;
  [field: string]: unknown;
}
interface Choice {
  delta?: Part | null;
  message?: Part | null;
  finish_reason?: string | null;
  error?: unknown;
  [field: string]: unknown;
}
interface Completion {
  choices?: Choice[];
  usage?: unknown;
  [field: string]: unknown;
}

const asLine = (data: unknown): string => `data: ${JSON.stringify(data)}`;
const errorLine = (error: ErrorBody): string => asLine({ error });

/** A list of parts as text (Mistral's form); what is thought, is no text. */
function textOf(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  return content
    .map((part) => (typeof part === "string" ? part : Reflect.get(Object(part), "text")))
    .filter((text) => typeof text === "string")
    .join("");
}

/** A message or a part of one in the form that LangChain reads; its refusal is noted. */
function mended(part: Part, beside: BesideReply): Part {
  if (typeof part.refusal === "string") beside.refusal += part.refusal;
  return { ...part, content: textOf(part.content) };
}

/** An error that stands in a completion, or in one of its choices. */
function errorOf(data: Completion): ErrorBody | undefined {
  const [choice] = data.choices ?? [];
  const said = errorIn(data) ?? (choice?.error ? errorIn({ error: choice.error }) : undefined);
  if (said || choice?.finish_reason !== "error") return said;
  return { message: "the server ended the reply with an error", code: 502 };
}

/** What is worth a look: anything that is no plain piece of text. */
const special = /"refusal"\s*:\s*"|"content"\s*:\s*\[|"error"|"finish_reason"\s*:\s*"error"/u;

/**
 * One line of an event stream in the form that OpenAI's client and LangChain read: errors in the envelope, content as
 * text. Most lines stay as they are.
 */
export function mendedLine(line: string, beside: BesideReply): string {
  if (!line.startsWith("data:") || (line.includes('"choices"') && !special.test(line))) return line;
  let data: Completion;
  try {
    data = JSON.parse(line.slice("data:".length)) as Completion;
  } catch {
    return line;
  }
  if (typeof data !== "object" || data === null) return line;
  const error = errorOf(data);
  if (error) return errorLine(error);
  if (!Array.isArray(data.choices)) return line;
  return asLine({
    ...data,
    choices: data.choices.map((choice) =>
      choice.delta ? { ...choice, delta: mended(choice.delta, beside) } : choice,
    ),
  });
}

/** A whole reply in the form that LangChain reads, or the error that it is. */
export function mendedCompletion(data: unknown, beside: BesideReply): Completion | { error: ErrorBody } {
  const completion = Object(data) as Completion;
  const error = errorOf(completion);
  if (error) return { error };
  const choices = (completion.choices ?? []).map((choice) =>
    choice.message ? { ...choice, message: mended(choice.message, beside) } : choice,
  );
  return { ...completion, choices };
}

/** A whole reply as the event stream that was asked for. */
export function asEventStream(completion: Completion): string {
  const { choices = [], usage, ...about } = completion;
  const chunk = (part: object): string => asLine({ ...about, object: "chat.completion.chunk", ...part });
  const pieces = choices.map(({ message, ...choice }) => chunk({ choices: [{ ...choice, delta: message }] }));
  return [...pieces, ...(usage ? [chunk({ choices: [], usage })] : []), "data: [DONE]", ""].join("\n\n");
}
