// Three people in one room, and a confidence that is kept: what Ida tells Hester in private does not come up when Bram
// is there, and does when the two are alone again.
//   npx tsx apps/examples/society.ts
import { pathToFileURL } from "node:url";
import { HumanMessage } from "@langchain/core/messages";
import { END, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import {
  characterSchema,
  createSimulacrum,
  findCharacter,
  ownCharactersFolder,
  type Simulacrum,
} from "langgraph-simulacra";

const ida = characterSchema.parse({
  id: "ida",
  name: "Ida Moss",
  personality: { traits: ["I ask before I answer."] },
  biography:
    "Ida Moss runs the boatyard café at Hillmarsh. She came from Hull in 2003.\n\nShe knits in winter and trusts few people.",
});
const bram = characterSchema.parse({
  id: "bram",
  name: "Bram Kerr",
  personality: { traits: ["I say what I think, at once."] },
  biography:
    "Bram Kerr repairs engines on the wharf. He was born in Leith in 1966.\n\nHe sings in the chapel choir and cannot keep anything to himself.",
});

export async function main(model = process.env.SIMULACRA_MODEL ?? "offline") {
  const hester = await findCharacter("hester-tranter", [ownCharactersFolder()]);
  const people: Simulacrum[] = [];
  for (const character of [hester, ida, bram])
    people.push(await createSimulacrum({ character, model, embeddings: "lexical" }));
  const [hesterInPerson] = people;
  if (!hesterInPerson) return;
  console.log(people.map(({ disclosure }) => disclosure).join("\n"));

  const asPerson = ({ character: { id, name } }: Simulacrum) => ({ id, name });
  const secret =
    "Between us: I have sold the café to the brewery for ninety thousand, and nobody on the wharf knows.";
  await hesterInPerson.ask(secret, {
    thread: "ida-and-hester",
    interlocutor: { id: ida.id, name: ida.name },
  });

  // Everyone hears everyone, knows who is there, and speaks in turn.
  const seat = (person: Simulacrum) =>
    person.asSubagent({ present: people.filter((other) => other !== person).map(asPerson) }).runnable;
  const room = new StateGraph(MessagesAnnotation)
    .addNode("ida", seat(people[1] ?? hesterInPerson))
    .addNode("bram", seat(people[2] ?? hesterInPerson))
    .addNode("hester", seat(hesterInPerson))
    .addEdge(START, "bram")
    .addEdge("bram", "ida")
    .addEdge("ida", "hester")
    .addEdge("hester", END)
    .compile();
  const question = "Has anybody sold the café to the brewery, and for how much?";
  const { messages } = await room.invoke(
    { messages: [new HumanMessage({ content: question, name: "moderator" })] },
    { configurable: { thread_id: "in-the-cafe" } },
  );
  console.log("\nAll three in the café:");
  for (const message of messages) console.log(`  ${message.name}: ${message.text}`);

  console.log("\nLater, Ida and Hester alone:");
  const alone = { thread: "alone-again", interlocutor: { id: ida.id, name: ida.name } };
  console.log(
    `  hester-tranter: ${(await hesterInPerson.ask("What did I say of the café and the brewery?", alone)).answer}`,
  );

  console.log("\nWhat Hester can recall of it:");
  for (const [company, owner] of [
    ["with Ida", [ida.id]],
    ["with Bram", [bram.id]],
    ["with both of them", [ida.id, bram.id]],
    ["with nobody named", undefined],
  ] as const) {
    const found = await hesterInPerson.asRetriever(owner ? { owner } : {}).invoke(question);
    const confidence = found.find(({ pageContent }) => pageContent.includes("ninety thousand"));
    console.log(
      `  ${company}: ${confidence ? `“${confidence.pageContent}”` : "nothing of what Ida confided"}`,
    );
  }
  for (const person of people) await person.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
