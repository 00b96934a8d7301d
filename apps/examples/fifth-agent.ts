// A fifth agent: what the other one wants. It works beside Thinking and Emotion; its part enters the mind and the voice's
// prompt, and a turn in which it fails is marked by its id.
//   npx tsx apps/examples/fifth-agent.ts "Who was Caleb Foss?"
import { pathToFileURL } from "node:url";
import {
  createSimulacrum,
  defineAgent,
  findCharacter,
  ownCharactersFolder,
  partOf,
} from "langgraph-simulacra";
import { z } from "zod";

export const wants = defineAgent({
  id: "wants",
  does: "Asks what the other one wants",
  node: "read_wants",
  writes: { key: "wants", schema: z.string() },
  act: (turn) =>
    turn.callText(turn.prompt("Do not answer: you only watch. In one sentence: what do they want of you?")),
  voice: { section: "what-they-want", decides: "how far you go along", text: (part) => part },
  shown: { title: "What they want", text: (part) => part },
  whenItFails: "It was not asked what the other one wants.",
});

export async function main(question = "Who was Caleb Foss?") {
  const hester = await createSimulacrum({
    character: await findCharacter("hester-tranter", [ownCharactersFolder()]),
    model: process.env.SIMULACRA_MODEL ?? "offline",
    embeddings: "lexical",
    agents: { add: [wants] },
  });
  const { answer, mind, degraded, usage } = await hester.ask(question, { interlocutor: { id: "ben" } });
  console.log(`Ben: ${question}\nHester: ${answer}`);
  console.log("  they want:", partOf(wants, mind));
  console.log(`  calls of the new agent: ${usage.byRole.wants?.calls}; failed: ${degraded.join() || "none"}`);
  await hester.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(process.argv[2]);
