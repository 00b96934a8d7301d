import { probeTraces } from "../../../models/careful-traces.js";
import type { Settings } from "../../hosting/settings.js";
import { traceSettings } from "../traces.js";
import { type Check, fail, ok, warn } from "./check.js";

/** How long the endpoint of traces may take to answer. */
const probeMs = 2_000;

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
      "Mend LANGSMITH_ENDPOINT, or set LANGSMITH_TRACING=false. Turns go on without traces.",
    );
  if (!hasKey)
    return warn(
      name,
      `are sent to ${shown}, without a key`,
      "LangSmith wants LANGSMITH_API_KEY; a server of your own may not.",
    );
  return ok(name, `are sent to ${shown}, with all that is said`);
}
