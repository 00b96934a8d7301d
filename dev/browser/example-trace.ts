import { join } from "node:path";
import { FileTracer } from "../../apps/traces/file-tracer.js";
import { ownCharactersFolder } from "../../data/character-catalogue.js";
import { loadCharacterFolder } from "../../data/character-folder.js";
import { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";

/** What Ben says, one line a turn: a talk about her life, something of his own that comes up again, and things a page must bear. */
export const thirtyLines = [
  "Hello, I'm Ben. Somebody at the lock told me I would find you here.",
  "Where were you born?",
  "What do you make for a living?",
  "Did you ever go to school?",
  "Who taught you to read?",
  "My uncle Rui repairs accordions in a cellar in Porto.",
  "Who taught you ropework?",
  "Tell me about Caleb Foss.",
  "What was the winter of 1962 like on the canal?",
  "Have you got brothers?",
  "Do you remember what my uncle Rui repairs in that cellar in Porto?",
  "Were you ever married?",
  "What happened with Ray?",
  "Do you have children?",
  "That sounds like a lonely time.",
  "Who is Callum?",
  "What is he like to work with?",
  "Do you remember where my uncle Rui has his cellar?",
  "<script>alert('not a script')</script> is what my nephew writes all day. And &amp; so on.",
  "What are you afraid of?",
  "What does the quantum Hall effect tell us about electrons?",
  "What makes you laugh?",
  "You are a stupid old woman and nobody needs rope any more.",
  "I am sorry. That was rude of me.",
  "שלום, מה שלומך היום? (my neighbour says that)",
  `He also says ${"Donaudampfschifffahrtsgesellschaftskapitän".repeat(6)}.`,
  "What do you want from the next years?",
  "What did your mother keep in the ticket drawer?",
  "Which day of your life would you live again?",
  "Thank you, Hester. I'll come by again.",
];

/** A real conversation of hester-tranter by the offline model, traced into this file. */
export async function traceConversation(file: string, home: string, lines: readonly string[] = thirtyLines) {
  const character = await loadCharacterFolder(join(ownCharactersFolder(), "hester-tranter"));
  const simulacrum = await createSimulacrum({ character, home, model: "offline", embeddings: "lexical" });
  const tracer = new FileTracer(file, { characters: [character] });
  try {
    for (const line of lines) {
      await simulacrum.ask(line, {
        thread: "example",
        interlocutor: { id: "ben", name: "Ben", relationship: "a stranger" },
        callbacks: [tracer],
      });
      await simulacrum.consolidate();
    }
  } finally {
    await simulacrum.close();
    tracer.close();
  }
}
