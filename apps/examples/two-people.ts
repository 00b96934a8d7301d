// Two simulacra talk inside a graph of yours; a moderator between them decides who goes on and when it ends.
//   npx tsx apps/examples/two-people.ts
import { pathToFileURL } from "node:url";
import { HumanMessage } from "@langchain/core/messages";
import { Command, END, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import {
  type Character,
  characterSchema,
  constructMemories,
  createSimulacrum,
  findCharacter,
  ownCharactersFolder,
} from "langgraph-simulacra";
import { resolveChatModel } from "langgraph-simulacra/models";

// Two paragraphs of a life story and a sentence about oneself are enough for a first talk.
const tove = characterSchema.parse({
  id: "tove-lund",
  name: "Tove Lund",
  profile: { age: 44, occupation: "lock keeper" },
  personality: { traits: ["I count boats, not people, and I like quiet."] },
  story: `Tove Lund was born in Vejle in 1980. Her mother baked for the harbour, and Tove carried the bread to the boats before school.

In 2009 she took the lock at Hillmarsh. In the flood of 2012 she held the gate open by hand for a night, and has had a bad shoulder since.`,
});

async function bringToLife(character: Character, model: string) {
  // In a host's graph the host keeps the conversation; the person keeps memories, not checkpoints.
  const person = await createSimulacrum({ character, model, embeddings: "lexical" });
  if (character.memories.length === 0)
    await constructMemories({ character, model: await resolveChatModel(model), store: person.memory.store });
  return person;
}

export async function main(model = process.env.SIMULACRA_MODEL ?? "offline") {
  const people = [
    await bringToLife(await findCharacter("hester-tranter", [ownCharactersFolder()]), model),
    await bringToLife(tove, model),
  ] as const;
  const [hester, lockKeeper] = people;
  for (const { disclosure } of people) console.log(disclosure);

  const talk = new StateGraph(MessagesAnnotation)
    .addNode(
      "moderator",
      ({ messages }) => {
        const last = messages.at(-1);
        const over = messages.length > 6 || /\bgoodbye\b/iu.test(last?.text ?? "");
        if (over) return new Command({ goto: END });
        return new Command({ goto: last?.name === hester.character.id ? "lockKeeper" : "hester" });
      },
      { ends: ["hester", "lockKeeper", END] },
    )
    .addNode("hester", hester.graph)
    .addNode("lockKeeper", lockKeeper.graph)
    .addEdge(START, "moderator")
    .addEdge("hester", "moderator")
    .addEdge("lockKeeper", "moderator")
    .compile();

  const opening = new HumanMessage({
    content: "What do you remember of the flood at the lock, in 2012?",
    name: "moderator",
  });
  const stream = await talk.stream(
    { messages: [opening] },
    { configurable: { thread_id: "at-the-lock" }, streamMode: "messages" },
  );
  // Only the voices come out of the stream, and each chunk says who speaks.
  let speaking: unknown;
  for await (const [chunk, { lc_agent_name: speaker }] of stream) {
    if (speaker !== speaking) process.stdout.write(`\n\n${speaker}: `);
    speaking = speaker;
    process.stdout.write(chunk.text);
  }
  console.log("\n");
  for (const person of people) await person.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
