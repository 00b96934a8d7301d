import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { anna, promptsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "./simulacrum.js";

// A story in sixty turns: what Ben tells in the second is known when it has long left the page, and outlives the process.

const folder = await mkdtemp(join(tmpdir(), "simulacra-story-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const ben = { id: "ben", name: "Ben" };
const thread = "crossing";
const smallTalk = [
  "The water is grey like slate.",
  "A gull has stolen somebody's sandwich.",
  "They will paint the bridge green.",
  "Potatoes cost more than oranges.",
  "My left boot leaks.",
  "Somebody whistled outside all night.",
  "The baker burnt his rolls.",
  "I dreamt of a staircase.",
  "Eleven geese went over.",
  "The radio only crackles.",
  "Fog makes me hungry.",
  "That lorry smells of tar.",
  "A child dropped her kite.",
  "Tea without sugar tastes of tin.",
  "The timetable hangs crooked.",
  "I never liked mustard.",
  "Your lamp flickers.",
  "Two nuns boarded with bicycles.",
  "The mayor lost his hat.",
  "My umbrella turned inside out.",
  "Herring is cheap this week.",
  "A postman told me a joke.",
  "The clouds look like sheep.",
  "Somebody carved a heart into the bench.",
  "The vending machine ate my coin.",
  "Rope burns heal slowly.",
  "An accordion was playing.",
  "The harbour smells of diesel.",
  "I counted seven buoys.",
  "Ice on the puddles.",
  "A magpie watched us.",
  "The news was dull.",
  "My watch stopped at noon.",
  "The ticket man has a cold.",
  "Apples roll about in the hold.",
  "A wedding party sang.",
  "The siren frightened me.",
  "Chalk dust everywhere.",
  "The old crane creaks.",
  "Kippers for breakfast again.",
  "There is a hole in my glove.",
  "The chimney smokes white.",
  "A cat sleeps on the winch.",
  "Paint peels off the rail.",
  "They sell honey at the landing.",
  "The engine hums lower than before.",
  "A balloon drifted past.",
  "Marbles under the seats.",
  "The moon is still up.",
  "Snow was promised.",
  "The vicar has a new scooter.",
  "Lemons float, did you know?",
  "A whistle blew twice.",
  "The flag is torn.",
  "Somebody left a violin behind.",
  "Beetroot stains.",
];
let talked = 0;
const nextLine = () => smallTalk[talked++] ?? "Well.";

it("remembers what no longer fits, rehearses it, keeps it for life, and learns when it changes", async () => {
  let clock = Date.parse("2026-03-01T08:00:00Z");
  const model = scriptedAgents({
    respond: () => "I see.",
    outdated: ({ prompt }) =>
      JSON.stringify({
        outdated:
          /Lancaster[\s\S]*Heysham/u.test(prompt) || /Heysham[\s\S]*Lancaster/u.test(prompt) ? [1] : [],
      }),
    content: ({ prompt }) =>
      prompt.includes("Heysham")
        ? "Ben told me that his sister Clara has moved from Lancaster to Heysham."
        : "Ben told me that his sister Clara lives in Lancaster and mends clocks.",
    "feeling-of-memory": () => '{"text":"I liked that he told me.","valence":0.4,"arousal":0.3}',
    reasoning: () => '{"thinking":"He trusts me with his people.","importance":0.7}',
  });
  const open = () =>
    createSimulacrum({
      character: anna,
      model,
      embeddings: "lexical",
      home: folder,
      contextTokens: 1200,
      clock: () => {
        clock += 60_000;
        return new Date(clock);
      },
    });
  const say = async (person: Awaited<ReturnType<typeof open>>, words: string) =>
    person.ask(words, { thread, interlocutor: ben });

  // Ben tells something in the second turn.
  let anna1 = await open();
  await say(anna1, "Good morning. Is this the first boat?");
  await say(anna1, "My sister Clara lives in Lancaster and mends clocks.");
  for (let turn = 3; turn <= 40; turn++) await say(anna1, nextLine());

  // It has left working memory, and lies in short-term memory with its source.
  const window = promptsOf(model, "respond").at(-1);
  expect(window).not.toContain("Clara");
  const episode = (await anna1.memory.list({ kinds: ["short"] })).find(({ text }) => text.includes("Clara"));
  expect(episode?.source).toEqual({ kind: "thread", thread, turns: [2, 2] });
  expect(episode?.audience).toEqual(["ben"]);

  // Asked, Anna knows it. Asked twice, it has been rehearsed.
  const recalled = await say(anna1, "Where does my sister Clara live?");
  expect(recalled.mind?.memories.some(({ text }) => text.includes("Lancaster"))).toBe(true);
  expect(await anna1.memory.consolidation.due()).toEqual([]);
  await say(anna1, "And what does my sister Clara mend?");
  expect(await anna1.memory.consolidation.due()).toHaveLength(1);

  // Between the turns it becomes a long-term memory: content, thinking, emotion, and where it came from.
  const report = await anna1.consolidate();
  expect(report).toEqual({ consolidated: 1, refused: 0, failed: 0, waiting: 0 });
  const [kept] = await anna1.memory.list({ kinds: ["long"] });
  expect(kept).toMatchObject({
    content: "Ben told me that his sister Clara lives in Lancaster and mends clocks.",
    thinking: "He trusts me with his people.",
    emotion: "I liked that he told me.",
    importance: 0.7,
    valence: 0.4,
    audience: ["ben"],
    source: { kind: "thread", thread, turns: [2, 2] },
  });

  // It survives a restart.
  await anna1.close();
  anna1 = await open();
  const again = await say(anna1, "You know my sister Clara, where does she live?");
  expect(again.mind?.memories.find(({ kind }) => kind === "long")?.text).toContain("Lancaster");

  // Clara moves. The news leaves working memory, is rehearsed, and replaces what was known; its history stays.
  await say(anna1, "News: my sister Clara has moved to Heysham, near the power station.");
  for (let turn = 44; turn <= 57; turn++) await say(anna1, nextLine());
  await say(anna1, "Where has my sister Clara moved, near the power station?");
  await say(anna1, "Say it once more: my sister Clara has moved near which power station?");
  await anna1.consolidate();
  const memories = await anna1.memory.list({ kinds: ["long"] });
  const old = memories.find(({ text }) => text.includes("lives in Lancaster"));
  const now = memories.find(({ text }) => text.includes("Heysham"));
  expect(now?.supersededBy).toBeUndefined();
  expect(old?.supersededBy).toBe(now?.id);
  const last = await say(anna1, "So where does my sister Clara live?");
  expect(last.mind?.memories.some(({ text }) => text.includes("Heysham"))).toBe(true);
  expect(last.mind?.memories.some(({ text }) => text.includes("lives in Lancaster"))).toBe(false);
  expect((await anna1.memory.transcript.turns(thread)).length).toBeGreaterThanOrEqual(60);
  await anna1.close();
}, 60_000);
