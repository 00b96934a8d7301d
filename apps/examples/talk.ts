// Talk to a person from a script: the answer as it is spoken, then the mind behind it.
//   npx tsx apps/examples/talk.ts "Who was Caleb Foss?"
// SIMULACRA_MODEL names the model ("openai:gpt-4.1-mini"); without it the offline model only quotes.
import { pathToFileURL } from "node:url";
import { createSimulacrum, findCharacter, ownCharactersFolder } from "langgraph-simulacra";

export async function main(...questions: string[]) {
  const hester = await createSimulacrum({
    character: await findCharacter("hester-tranter", [ownCharactersFolder()]),
    model: process.env.SIMULACRA_MODEL ?? "offline",
    embeddings: "lexical",
  });
  // A host shows this first: nobody should take the voice for a human being's.
  console.log(`${hester.disclosure}\n`);
  const ben = { id: "ben", name: "Ben", relationship: "a stranger on the towpath" };
  const asked = questions.length > 0 ? questions : ["Who was Caleb Foss?", "What did he teach you?"];
  for (const question of asked) {
    process.stdout.write(`Ben: ${question}\nHester: `);
    for await (const event of hester.stream(question, { thread: "towpath", interlocutor: ben })) {
      if (event.type === "token") process.stdout.write(event.text);
      if (event.type !== "result") continue;
      const { mind, degraded, usage } = event.result;
      console.log("\n");
      console.log("  looked for:", mind?.reflection?.queries.join("; "));
      for (const { id, parts, text } of mind?.memories ?? [])
        console.log(`  remembered: ${id} (support ${parts.support.toFixed(2)}) ${text.slice(0, 60)} …`);
      console.log("  thought:", mind?.thought);
      console.log("  felt:", mind?.feeling?.text, "| mood:", mind?.mood);
      console.log(`  ${usage.calls} model calls; failed agents: ${degraded.join(", ") || "none"}\n`);
    }
  }
  await hester.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(...process.argv.slice(2));
