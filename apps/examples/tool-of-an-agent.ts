// A simulacrum as a tool of an agent that calls tools: a journalist who interviews Hester.
//   npx tsx apps/examples/tool-of-an-agent.ts
// Without SIMULACRA_MODEL the journalist is a script of two replies (fakeModel) and Hester's voice the offline model.
import { pathToFileURL } from "node:url";
import { AIMessage, ToolMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { createAgent } from "langchain";
import { createSimulacrum, findCharacter, ownCharactersFolder } from "langgraph-simulacra";

export async function main(model = process.env.SIMULACRA_MODEL) {
  const hester = await createSimulacrum({
    character: await findCharacter("hester-tranter", [ownCharactersFolder()]),
    model: model ?? "offline",
    embeddings: "lexical",
  });
  console.log(hester.disclosure);
  const journalist = { id: "journalist", name: "Nia", relationship: "a journalist from the county paper" };
  const agent = createAgent({
    name: "journalist",
    model: model ?? scriptedJournalist(hester.asTool().name),
    tools: [hester.asTool({ interlocutor: journalist }), hester.recallTool()],
    systemPrompt: "You write one sentence about a person, after you have talked to them.",
  });
  const { messages } = await agent.invoke(
    {
      messages: [
        { role: "user", content: "Ask Hester who taught her to make fenders, and write the sentence." },
      ],
    },
    { configurable: { thread_id: "interview" } },
  );
  for (const message of messages) {
    for (const call of AIMessage.isInstance(message) ? (message.tool_calls ?? []) : [])
      console.log(`journalist -> ${call.name}: ${JSON.stringify(call.args)}`);
    if (ToolMessage.isInstance(message)) {
      console.log(`Hester: ${message.text}`);
      console.log("  her thought (artifact):", message.artifact.mind?.thought);
    }
  }
  console.log(`journalist: ${messages.at(-1)?.text}`);
  await hester.close();
}

/** Stands in for a model that calls tools, so that the example runs without a key. */
const scriptedJournalist = (talkToHester: string) =>
  fakeModel()
    .respondWithTools([{ name: talkToHester, args: { message: "Who taught you to make fenders?" }, id: "1" }])
    .respond((messages) => new AIMessage(`Asked who taught her, she said: “${messages.at(-1)?.text}”`));

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
