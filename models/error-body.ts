/** What a server says of a failure, whatever form its body has. */
export interface ErrorBody {
  message: string;
  code?: string | number;
  param?: string;
  type?: string;
}

/** The code of a reply that no server of OpenAI's protocol gives: a page, or nothing at all. */
export const NOT_THE_PROTOCOL = "not_the_protocol";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const texts = (from: Record<string, unknown>, names: readonly string[]): string | undefined =>
  names.map((name) => from[name]).find((value): value is string => typeof value === "string" && value !== "");

/** FastAPI's list of what is wrong: `[{loc: ["body", "seed"], msg: "Extra inputs are not permitted"}]`. */
function fromDetails(details: readonly unknown[]): ErrorBody | undefined {
  const said = details.filter(isObject).map(({ loc, msg, message }) => {
    const place = Array.isArray(loc) ? loc.filter((part) => part !== "body").join(".") : "";
    return `${place === "" ? "" : `${place}: `}${String(msg ?? message ?? "")}`;
  });
  return said.length > 0 ? { message: said.join("; ") } : undefined;
}

/**
 * Reads an error out of a parsed body: OpenAI's envelope, the envelope as a list (Gemini), FastAPI's `detail`, a flat
 * `{message}` (vLLM, Mistral), `{error: "words"}` (Ollama). Undefined where the body tells of none.
 */
export function errorIn(body: unknown): ErrorBody | undefined {
  if (Array.isArray(body))
    return isObject(body[0]) && "error" in body[0] ? errorIn(body[0]) : fromDetails(body);
  if (!isObject(body) || "choices" in body) {
    const inside = isObject(body) && body.error;
    return inside ? (typeof inside === "string" ? { message: inside } : fields(inside)) : undefined;
  }
  const { error, errors, detail } = body;
  if (typeof error === "string" && error !== "") return { ...fields(body), message: error };
  if (isObject(error)) return fields(error);
  if (Array.isArray(errors)) return fromDetails(errors);
  if (Array.isArray(detail)) return fromDetails(detail);
  if (isObject(detail)) return errorIn(detail) ?? fields(detail);
  return fields(body);
}

function fields(from: unknown): ErrorBody | undefined {
  if (!isObject(from)) return undefined;
  const message = texts(from, ["message", "detail", "msg", "error", "error_message", "title", "Message"]);
  const { code, status, param, type } = from;
  if (message === undefined && code === undefined) return undefined;
  const named = code ?? status;
  return {
    message: message ?? String(code),
    ...((typeof named === "string" || typeof named === "number") && { code: named }),
    ...(typeof param === "string" && { param }),
    ...(typeof type === "string" && { type }),
  };
}

/** The error in a body as text: JSON in any of the forms above, a page (its title), or plain words. */
export function errorInText(text: string): ErrorBody {
  try {
    const found = errorIn(JSON.parse(text));
    if (found) return found;
  } catch {
    // No JSON: the words themselves.
  }
  const title = /<title>([^<]{1,200})/iu.exec(text)?.[1];
  const words = (title ?? text.slice(0, 4_000).replace(/<[^<>]{0,200}>/gu, " ")).replace(/\s+/gu, " ").trim();
  return { message: words.slice(0, 1_000) };
}

/** Kinds of failures by their words, as the status that they would have had. */
const kinds: readonly (readonly [RegExp, number])[] = [
  [/rate.?limit|too many requests|quota|resource_exhausted/iu, 429],
  [/overload|unavailable|try again|capacity/iu, 503],
  [/unauthori[sz]ed|api.?key|authentication/iu, 401],
  [/context|invalid_request|bad_?request|unsupported|invalid/iu, 400],
];

/** The status of an error that came without one: its code where that is a number, else told from its words. */
export function statusOf({ code, type, message }: ErrorBody): number {
  const number = Number(code);
  if (number >= 400 && number < 600) return number;
  const said = `${code ?? ""} ${type ?? ""} ${message}`;
  return kinds.find(([words]) => words.test(said))?.[1] ?? 500;
}
