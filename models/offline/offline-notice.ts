/** What is known about the machine when the notice is shown. */
export interface NoticeInfo {
  /** A key is set (OPENAI_API_KEY) but no model is named. */
  keyPresent?: boolean;
  /** Model servers found running. */
  servers?: readonly { name: string; line: string }[];
  /** The offline model was asked for by name. */
  chosen?: boolean;
}

/** What the offline model is, and the one line that uses a real one. At most two lines. */
export function offlineNotice(info: NoticeInfo = {}): string {
  const how = "is a demonstration that answers with sentences from the memories it is given";
  if (info.chosen) return `The offline model speaks, as you chose: it ${how}.`;
  const what = `No language model is configured: the offline model ${how}.`;
  const [server] = info.servers ?? [];
  if (server) return `${what}\n${server.name} is running here; to use it, set ${server.line}`;
  if (info.keyPresent)
    return `${what}\nA key is set; to use it, name a model: SIMULACRA_MODEL=openai:gpt-4.1-mini`;
  return `${what}\nFor a real one set SIMULACRA_MODEL=openai:MODEL, with OPENAI_API_KEY or, for a server of your own, OPENAI_BASE_URL.`;
}
