import type { Settings } from "../hosting/settings.js";
import type { CommandLine } from "./command-line.js";

/**
 * Where the offline model speaks: says once on stderr what it is and the line that configures a real one, which is
 * that of a model server already running on this machine, if there is one.
 */
export async function tellOfOfflineModel(cli: CommandLine, { model, env }: Settings): Promise<void> {
  if (model !== undefined && model !== "offline") return;
  const { detectLocalServers, offlineNotice } = await import("../../models/index.js");
  const chosen = model === "offline";
  const servers = chosen ? [] : await detectLocalServers();
  cli.output.note(offlineNotice({ keyPresent: Boolean(env.OPENAI_API_KEY), servers, chosen }));
}
