import { SAID_NOW } from "../../models/prompt-sections.js";
import { agentOf } from "../doubles/graphs/scripted-agents.js";
import { FaultyModelServer, type SeenRequest } from "../doubles/models/faulty-model-server.js";
import { type ModelWeather, weatherOf } from "./faults/model-weather.js";
import type { RandomSource } from "./random-source.js";

/** A prompt as the model server saw it. */
export interface SeenPrompt {
  agent: ReturnType<typeof agentOf>;
  /** All of it. */
  text: string;
  /** The messages of the conversation in it, without what the system message tells. */
  talk: string;
  /** What was just said; null where the prompt belongs to no turn. */
  said: string | null;
  authorization: string | undefined;
}

/** The model of a soak: plays every agent over HTTP, in the weather of the round, and shows each prompt to a watcher. */
export class SoakModel {
  weather: ModelWeather = {};
  watch: (prompt: SeenPrompt) => void = () => {};
  private server: FaultyModelServer | undefined;

  constructor(
    private readonly random: RandomSource,
    private readonly key: string,
  ) {}

  async start(): Promise<string> {
    this.server = await FaultyModelServer.choosing((request) => {
      const prompt = promptOf(request);
      this.watch(prompt);
      // The log of requests is not needed here, and a soak is long.
      this.server?.requests.splice(0);
      return weatherOf(this.weather, this.random, this.reply(prompt), this.key);
    });
    return this.server.baseURL;
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  private reply({ agent, text, said }: SeenPrompt): string {
    const heard = (said ?? "").slice(0, 120);
    switch (agent) {
      case "reflect":
        return JSON.stringify({ keyElements: [heard.slice(0, 60)], asksForMemory: true, queries: [heard] });
      case "think":
        return `They say: ${heard.slice(0, 60)}`;
      case "feel": {
        const valence = this.random.whole(-10, 10) / 10;
        return JSON.stringify({ text: "It stirs me.", valence, arousal: this.random.whole(0, 10) / 10 });
      }
      case "respond":
        return `I hear you: ${heard}`;
      case "content":
        return /<passage>\n([\s\S]*?)\n<\/passage>/u.exec(text)?.[1]?.slice(0, 400) ?? "nothing";
      case "feeling-of-memory":
        return JSON.stringify({ text: "It warms me.", valence: 0.3, arousal: 0.2 });
      case "reasoning":
        return JSON.stringify({ thinking: "That is worth keeping.", importance: 0.6 });
      case "summary":
        return "Something was told.";
      case "outdated":
        return JSON.stringify({ outdated: this.random.chance(0.3) ? [1] : [] });
    }
  }
}

function promptOf({ body, headers }: SeenRequest): SeenPrompt {
  const text = body.messages.map(({ content }) => content).join("\n");
  const agent = agentOf(text);
  const fenced = /<just-said>\n([\s\S]*?)\n<\/just-said>/u.exec(text)?.[1];
  // What stands before the words in the last message are notes.
  const words = body.messages.flatMap(({ role, content }) =>
    role === "system" ? [] : [content.split(`${SAID_NOW}\n`).at(-1) ?? ""],
  );
  const said = fenced ?? (agent === "respond" ? words.at(-1) : undefined);
  const talk = words.join("\n");
  return { agent, text, talk, said: said ?? null, authorization: headers.authorization };
}
