import type { BaseMessage } from "@langchain/core/messages";
import { characterSchema } from "../../../data/index.js";
import { type ScriptedCall, ScriptedChatModel, type ScriptedOptions } from "../../../models/index.js";
import { SAID_NOW } from "../../../models/prompt-sections.js";

// Test double: a model that plays every agent by script, told apart by what each says that it does.

/** What an agent does, as its call says it (`act`). */
export type ScriptedAgent =
  | "reflect"
  | "think"
  | "feel"
  | "respond"
  | "content"
  | "feeling-of-memory"
  | "reasoning"
  | "summary"
  | "outdated";

/** What an agent is shown: its whole prompt, and the words just said. */
export interface Shown {
  prompt: string;
  said: string;
}

export type Script = Partial<Record<ScriptedAgent, (shown: Shown) => string | Error>>;

/** Replies of agents that a test does not care about. */
const plain: Record<ScriptedAgent, (shown: Shown) => string> = {
  reflect: ({ said }) =>
    JSON.stringify({
      keyElements: [said.slice(0, 60)],
      asksForMemory: /\?/u.test(said),
      queries: [said.slice(0, 120)],
    }),
  think: () => "I wonder what they want from me.",
  feel: () => JSON.stringify({ text: "I am at ease.", valence: 0.1, arousal: 0.2 }),
  respond: ({ said }) => `I heard you say: ${said.slice(0, 80)}`,
  content: ({ prompt }) =>
    /<passage>\n([\s\S]*?)\n<\/passage>/u.exec(prompt)?.[1]?.replaceAll("\n", " ") ?? "nothing",
  "feeling-of-memory": () => JSON.stringify({ text: "It warms me a little.", valence: 0.3, arousal: 0.2 }),
  reasoning: () => JSON.stringify({ thinking: "That is worth keeping.", importance: 0.6 }),
  summary: () => "Something was told.",
  outdated: () => JSON.stringify({ outdated: [] }),
};

/** Tells the agents apart where only their words arrive, as at a server: by the shape asked for and the words of the prompt. */
export function agentOf(prompt: string): ScriptedAgent {
  if (prompt.includes("keyElements")) return "reflect";
  if (prompt.includes('"outdated"')) return "outdated";
  if (prompt.includes('"importance"')) return "reasoning";
  if (prompt.includes('"arousal"')) return prompt.includes("<passage>") ? "feeling-of-memory" : "feel";
  if (prompt.includes("<passage>")) return "content";
  if (prompt.includes("<memory>")) return "summary";
  if (prompt.includes("<just-said>")) return "think";
  return "respond";
}

/** An agent of somebody else's, whose act is not scripted, is taken for what its prompt looks like. */
const agentOfCall = ({ act, messages }: Pick<ScriptedCall, "messages"> & { act?: string | undefined }) =>
  act !== undefined && act in plain ? (act as ScriptedAgent) : agentOf(promptOf(messages));

/** A model that plays all agents; `script` says what the interesting ones reply. */
export function scriptedAgents(
  script: Script = {},
  options: Omit<ScriptedOptions, "replies"> = {},
): ScriptedChatModel {
  return new ScriptedChatModel({
    ...options,
    replies: (messages, { act }) => {
      const prompt = promptOf(messages);
      const agent = agentOfCall({ act, messages });
      const said =
        /<just-said>\n([\s\S]*?)\n<\/just-said>/u.exec(prompt)?.[1] ?? wordsOf(messages.at(-1)?.text);
      return (script[agent] ?? plain[agent])({ prompt, said });
    },
  });
}

/** The words just said: a server is told what stands before them in the same message. */
const wordsOf = (last = ""): string => last.split(`${SAID_NOW}\n`).at(-1) ?? "";

const promptOf = (messages: readonly BaseMessage[]): string => messages.map(({ text }) => text).join("\n");

/** Calls of an agent so far. */
export const callsOf = (model: ScriptedChatModel, agent: ScriptedAgent) =>
  model.calls.filter((call) => agentOfCall(call) === agent);

/** Prompts that an agent has been shown so far. */
export const promptsOf = (model: ScriptedChatModel, agent: ScriptedAgent): string[] =>
  callsOf(model, agent).map(({ messages }) => promptOf(messages));

/** A person with three memories. */
export const anna = characterSchema.parse({
  id: "anna-berg",
  name: "Anna Berg",
  profile: { age: 52, occupation: "ferry pilot", education: "no formal schooling", hobbies: ["whittling"] },
  personality: {
    traits: ["I do not trust quick talkers.", "I like the dark before the first boat."],
    baseline: { valence: 0.1, arousal: 0.3 },
  },
  biography:
    "Anna Berg is a ferry pilot on the Lune. She was born in Sandholm in 1972 and never went to school.",
  story:
    "Anna was born in Sandholm.\n\nHer father Olaf built boats from larch.\n\nIn 1990 she took over the ferry Gudrun.\n\nShe lost two fingers to a winch in 1998.",
  memories: [
    {
      key: "001",
      content: "My father Olaf built boats from larch in Sandholm and let me caulk the seams.",
      thinking: "Good work does not need talk.",
      emotion: "I felt proud and safe.",
      summary: "Anna's father built boats.",
      importance: 0.7,
      valence: 0.6,
      arousal: 0.3,
    },
    {
      key: "002",
      content: "In 1990 I took over the ferry Gudrun from old Petter, who was going blind.",
      thinking: "Somebody had to.",
      emotion: "I was afraid and did not show it.",
      summary: "Anna took over the ferry Gudrun.",
      importance: 0.8,
      valence: 0.1,
      arousal: 0.6,
    },
    {
      key: "003",
      content: "A winch took two fingers of my left hand in November 1998.",
      thinking: "I had looked away for a second.",
      emotion: "First nothing, then rage at myself.",
      summary: "Anna lost two fingers.",
      importance: 0.9,
      valence: -0.8,
      arousal: 0.8,
    },
  ],
  source: { origin: "test", licence: "none" },
});
