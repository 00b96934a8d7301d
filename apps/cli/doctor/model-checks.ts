import { detectLocalServers, resolveChatModel, resolveEmbeddings } from "../../../models/index.js";
import { probeTraces } from "../../../models/send-traces.js";
import type { Settings } from "../../hosting/settings.js";
import { traceSettings } from "../traces.js";
import { type Check, fail, firstLineOf, ok, warn } from "./check.js";

/** How long an endpoint may take to answer. */
const probeMs = 2_000;
/** Loading an encoder takes a second; an embedding server of one's own may hang. */
const embeddingMs = 15_000;

/** The chat models that are configured: whether they could be made, not whether they answer (a call may cost money). */
export async function checkModels({ model, agentModel, env }: Settings): Promise<Check[]> {
  const key = env.OPENAI_API_KEY?.trim() ?? "";
  const advice =
    key === ""
      ? "For a real one set SIMULACRA_MODEL=openai:MODEL, with OPENAI_API_KEY or OPENAI_BASE_URL."
      : "A key is set; to use it, name a model: SIMULACRA_MODEL=openai:gpt-4.1-mini";
  const checks = [
    model === undefined
      ? warn("Model", "none is configured: the offline model speaks", advice)
      : await checkModel("Model", model, env),
    ...(agentModel === undefined ? [] : [await checkModel("Agents' model", agentModel, env)]),
    ok("OPENAI_API_KEY", key === "" ? "not set" : `set, ${key.length} characters`),
  ];
  const baseURL = env.OPENAI_BASE_URL?.trim();
  return baseURL ? [...checks, await checkEndpoint(baseURL)] : checks;
}

async function checkModel(name: string, model: string, env: NodeJS.ProcessEnv): Promise<Check> {
  return resolveChatModel(model, { env }).then(
    () => ok(name, model),
    (error: unknown) => fail(name, model, firstLineOf(error)),
  );
}

/** Only an endpoint on this machine is asked whether it is there. */
async function checkEndpoint(baseURL: string): Promise<Check> {
  const name = "OPENAI_BASE_URL";
  if (!URL.canParse(baseURL))
    return fail(name, "is not a URL", "Expected something like http://127.0.0.1:11434/v1.");
  const url = new URL(baseURL);
  const shown = `${url.origin}${url.pathname}`;
  if (!/^(localhost|127\.|\[::1\])/.test(url.hostname)) return ok(name, shown);
  try {
    const signal = AbortSignal.timeout(probeMs);
    const { ok: fine, status } = await fetch(`${shown.replace(/\/$/, "")}/models`, { signal });
    if (fine || status === 401) return ok(name, `${shown} answers`);
    const advice = "Check the path: most servers want it to end in /v1.";
    return warn(name, `${shown} answers with status ${status}`, advice);
  } catch (error) {
    const advice = "Start the model server, or correct OPENAI_BASE_URL.";
    return warn(name, `${shown} does not answer (${firstLineOf(error)})`, advice);
  }
}

/** Model servers that run on this machine, and the line of environment that uses each. */
export async function checkLocalServers(): Promise<Check[]> {
  const servers = await detectLocalServers();
  if (servers.length === 0)
    return [ok("Local servers", "none running (Ollama, LM Studio and llama.cpp were looked for)")];
  return servers.map(({ name, models, line }) =>
    ok(name, `is running with ${models.length} models; this line uses it: ${line}`),
  );
}

/** The embedding model: loaded, and tried on one word. */
export async function checkEmbeddings({ embeddings, env }: Settings): Promise<Check> {
  const name = "Embeddings";
  const tried = async () => {
    const resolved = await resolveEmbeddings(embeddings, { env });
    await resolved.embeddings.embedQuery("memory");
    return ok(name, resolved.id);
  };
  const broken = (error: unknown) =>
    fail(name, firstLineOf(error), "Correct SIMULACRA_EMBEDDINGS, or set it to lexical.");
  const advice = "Check the embedding server, or set SIMULACRA_EMBEDDINGS=lexical.";
  const tooLate = fail(name, `no answer within ${embeddingMs / 1000} s`, advice);
  return Promise.race([
    tried().catch(broken),
    new Promise<Check>((resolve) => setTimeout(resolve, embeddingMs, tooLate).unref()),
  ]);
}

/** Whether runs are sent to LangSmith, to which project, and whether it takes them. Nothing is asked where it is off. */
export async function checkTraces({ env }: Settings): Promise<Check> {
  const name = "Traces";
  const { on, endpoint, project, hasKey } = traceSettings(env);
  if (!on) return ok(name, "are not sent to LangSmith (LANGSMITH_TRACING is not true)");
  if (!URL.canParse(endpoint))
    return fail(
      name,
      "LANGSMITH_ENDPOINT is not a URL",
      "Expected something like https://api.smith.langchain.com.",
    );
  const shown = `project "${project}" at ${new URL(endpoint).origin}`;
  const answer = await probeTraces(endpoint, probeMs);
  if (answer !== "ok")
    return warn(
      name,
      `are lost: ${shown}: ${answer}`,
      "Correct LANGSMITH_ENDPOINT, or set LANGSMITH_TRACING=false. Turns go on without traces.",
    );
  if (hasKey) return ok(name, `are sent to ${shown}, with all that is said`);
  const advice = "LangSmith wants LANGSMITH_API_KEY; a server of your own may not.";
  return warn(name, `are sent to ${shown}, without a key`, advice);
}
