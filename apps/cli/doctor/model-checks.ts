import { detectLocalServers, resolveChatModel, resolveEmbeddings } from "../../../models/index.js";
import type { Settings } from "../../hosting/settings.js";
import { type Check, fail, ok, reasonOf, warn } from "./check.js";

/** How long an endpoint on this machine may take to answer. */
const probeMs = 2_000;
/** Loading an encoder takes a second; an embedding server of one's own may hang. */
const embeddingMs = 15_000;

/** The chat models that are configured: whether they could be made, not whether they answer (a call may cost money). */
export async function checkModels(settings: Settings): Promise<Check[]> {
  const { model, agentModel, env } = settings;
  const key = env.OPENAI_API_KEY?.trim() ?? "";
  const checks = [
    model === undefined
      ? warn(
          "Model",
          "none is configured: the offline model speaks",
          key === ""
            ? "For a real one set SIMULACRA_MODEL=openai:MODEL, with OPENAI_API_KEY or OPENAI_BASE_URL."
            : "A key is set; to use it, name a model: SIMULACRA_MODEL=openai:gpt-4.1-mini",
        )
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
    (error: unknown) => fail(name, model, reasonOf(error)),
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
    const response = await fetch(`${shown.replace(/\/$/, "")}/models`, {
      signal: AbortSignal.timeout(probeMs),
    });
    return response.ok || response.status === 401
      ? ok(name, `${shown} answers`)
      : warn(
          name,
          `${shown} answers with status ${response.status}`,
          "Check the path: most servers want it to end in /v1.",
        );
  } catch (error) {
    return warn(
      name,
      `${shown} does not answer (${reasonOf(error)})`,
      "Start the model server, or mend OPENAI_BASE_URL.",
    );
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
  const tried = async (): Promise<Check> => {
    const resolved = await resolveEmbeddings(embeddings, { env });
    await resolved.embeddings.embedQuery("memory");
    return ok(name, resolved.id);
  };
  const tooLate = new Promise<Check>((resolve) =>
    setTimeout(
      () =>
        resolve(
          fail(
            name,
            `no answer within ${embeddingMs / 1000} s`,
            "Check the embedding server, or set SIMULACRA_EMBEDDINGS=lexical.",
          ),
        ),
      embeddingMs,
    ).unref(),
  );
  return Promise.race([
    tried().catch((error: unknown) =>
      fail(name, reasonOf(error), "Mend SIMULACRA_EMBEDDINGS, or set it to lexical."),
    ),
    tooLate,
  ]);
}
