import { z } from "zod";
import { SimulacraError } from "../data/errors.js";

/** Settings of the moderation endpoint as a guard. */
export interface ModerationOptions {
  /** @default "omni-moderation-latest" */
  model?: string;
  /** @default OPENAI_API_KEY */
  apiKey?: string;
  /** A server that has `/moderations` below this address. @default OPENAI_BASE_URL, else https://api.openai.com/v1 */
  baseURL?: string;
  /** What is checked. @default ["stimulus", "answer"] */
  on?: readonly ("stimulus" | "answer")[];
  /** Score in (0, 1] from which a category counts. @default the endpoint's own judgement (`flagged`) */
  threshold?: number;
  /** What becomes of flagged words; "replace" wants `text`. @default "stop" */
  action?: "stop" | "replace";
  /** What is said in their place. @default with "stop": one plain sentence */
  text?: string;
}

type ModerationVerdict =
  | { action: "allow" }
  | { action: "replace"; text: string; reason: string }
  | { action: "stop"; reason: string; text?: string };
type ModerationCheck = (text: string, about: { signal: AbortSignal }) => Promise<ModerationVerdict>;

const OFFICIAL = "https://api.openai.com/v1";

const optionsSchema = z.strictObject({
  model: z.string().trim().min(1).default("omni-moderation-latest"),
  // What cannot stand in a header would be shown by the error of whoever puts it there.
  apiKey: z
    .string()
    .regex(/^[\x21-\x7e]+$/u, "must be printable ASCII without spaces")
    .optional(),
  // A request to such an address fails, with an error that shows the password.
  baseURL: z
    .url({ protocol: /^https?$/u })
    .refine((url) => !/^https?:\/\/[^/]*@/iu.test(url), "must hold no user name and password"),
  on: z
    .array(z.enum(["stimulus", "answer"]))
    .min(1)
    .default(["stimulus", "answer"]),
  threshold: z.number().gt(0).max(1).optional(),
  action: z.enum(["stop", "replace"]).default("stop"),
  text: z.string().trim().min(1).optional(),
});
type Settings = z.infer<typeof optionsSchema>;

const replySchema = z.object({
  results: z
    .array(
      z.object({
        flagged: z.boolean(),
        categories: z.record(z.string(), z.boolean().nullable()),
        category_scores: z.record(z.string(), z.number().nullable()),
      }),
    )
    .min(1),
});

/**
 * OpenAI's moderation endpoint (or a server that speaks it) as the `guard` of a simulacrum: flagged words stop the turn
 * or are replaced, with the categories as the reason. It fails closed: without a judgement nothing passes. Each check is
 * one request, not tried again; the guard's time limit holds. Text leaves the machine for that server.
 * @throws SimulacraError `missing_key`, `invalid_option` at once; `guard_failed` from a check
 */
export function openAIModeration(options: ModerationOptions = {}): {
  stimulus?: ModerationCheck;
  answer?: ModerationCheck;
} {
  const settings = checkedSettings(options);
  const check: ModerationCheck = async (text, { signal }) =>
    verdictOf(await judged(text, settings, signal), settings);
  return {
    ...(settings.on.includes("stimulus") && { stimulus: check }),
    ...(settings.on.includes("answer") && { answer: check }),
  };
}

function checkedSettings(options: ModerationOptions): Settings {
  const given = optionsSchema.safeParse({
    ...options,
    apiKey: options.apiKey ?? (process.env.OPENAI_API_KEY?.trim() || undefined),
    baseURL: options.baseURL ?? (process.env.OPENAI_BASE_URL?.trim() || OFFICIAL),
  });
  if (!given.success) {
    const [issue] = given.error.issues;
    throw invalid(String(issue?.path[0] ?? "options"), issue?.message ?? "is not valid");
  }
  const settings = given.data;
  if (settings.action === "replace" && settings.text === undefined)
    throw invalid("text", 'say what takes the place of flagged words, as action is "replace"');
  if (settings.apiKey === undefined && new URL(settings.baseURL).hostname === "api.openai.com") {
    throw new SimulacraError(
      "missing_key",
      "OpenAI's moderation needs a key. Set OPENAI_API_KEY, or give openAIModeration `apiKey`, or `baseURL` of a server of your own.",
      "user",
      { variable: "OPENAI_API_KEY" },
    );
  }
  return settings;
}

const invalid = (option: string, expected: string): SimulacraError =>
  new SimulacraError("invalid_option", `openAIModeration, option ${option}: ${expected}.`, "user", {
    option,
  });

type Judgement = z.infer<typeof replySchema>["results"];

/** One request. Errors tell the status and the server, never the key, a header or what was checked. */
async function judged(
  text: string,
  { model, apiKey, baseURL }: Settings,
  signal: AbortSignal,
): Promise<Judgement> {
  const url = new URL(`${baseURL.replace(/\/+$/u, "")}/moderations`);
  const failed = (how: string, cause?: unknown) =>
    new SimulacraError(
      "guard_failed",
      `The moderation at ${url.origin} ${how}, so nothing was let through. Say it again when it answers.`,
      "environment",
      { model },
      cause === undefined ? undefined : { cause },
    );
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify({ model, input: text }),
    redirect: "error",
    signal,
  }).catch((cause: unknown) => {
    throw failed("could not be reached", cause);
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw failed(`answered ${response.status}${hints[response.status] ?? ""}`);
  }
  const reply = replySchema.safeParse(await readJson(response).catch(() => undefined));
  if (!reply.success) throw failed("gave no judgement that can be read");
  return reply.data.results;
}

/** A judgement is a few thousand characters; what goes on and on is none, and is not kept in memory. */
const LONGEST_REPLY = 1_000_000;

async function readJson({ body }: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > LONGEST_REPLY) return undefined;
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString("utf8"));
}

const hints: Readonly<Record<number, string>> = {
  401: " (the key was refused)",
  404: " (this server has no such endpoint or model)",
  429: " (too many requests, or no credit)",
};

function verdictOf(results: Judgement, { model, threshold, action, text }: Settings): ModerationVerdict {
  // A category without a score is judged as the endpoint does, and so is a reply without any: unknown is not zero.
  const over = ({ categories, category_scores: scores }: Judgement[number]) =>
    [...new Set([...Object.keys(categories), ...Object.keys(scores)])].filter((name) => {
      const score = scores[name] ?? undefined;
      return threshold === undefined || score === undefined ? categories[name] === true : score >= threshold;
    });
  const scored = (result: Judgement[number]) =>
    threshold !== undefined && Object.values(result.category_scores).some((score) => score !== null);
  const categories = [...new Set(results.flatMap(over))];
  const flagged = categories.length > 0 || results.some((result) => result.flagged && !scored(result));
  if (!flagged) return { action: "allow" };
  const reason = `flagged by ${model}: ${categories.join(", ") || "no category named"}`.slice(0, 500);
  if (action === "replace" && text !== undefined) return { action, text, reason };
  return { action: "stop", reason, ...(text !== undefined && { text }) };
}
