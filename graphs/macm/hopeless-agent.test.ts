import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { anna, callsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "../simulacrum/simulacrum.js";

it("an agent that fails three turns in a row is asked once a turn until it succeeds, and that is said once", async () => {
  const warnings: string[] = [];
  const warn = ({ message }: Error) => warnings.push(message);
  process.on("warning", warn);
  let works = false;
  const model = scriptedAgents({
    feel: () => (works ? '{"text":"Well.","valence":0.1,"arousal":0.1}' : "I could not say."),
  });
  const person = await createSimulacrum({ character: anna, embeddings: "lexical", model, memoryMode: "off" });
  const asked: number[] = [];
  const turn = async () => {
    const before = callsOf(model, "feel").length;
    const { degraded } = await person.ask("Good day.", { thread: "t" });
    asked.push(callsOf(model, "feel").length - before);
    return degraded;
  };
  for (let turns = 0; turns < 4; turns++) expect(await turn()).toEqual(["emotion"]);
  works = true;
  expect(await turn()).toEqual([]);
  works = false;
  await turn();
  await person.close();
  await sleep(0);
  process.off("warning", warn);
  expect(asked).toEqual([2, 2, 2, 1, 1, 2]);
  expect(warnings.filter((warning) => warning.includes('"emotion"'))).toHaveLength(1);
}, 120_000);

it("a feeling without its numbers is felt, and the mood stays where it is", async () => {
  const model = scriptedAgents({ feel: () => '{"text":"Sore.","valence":"?","arousal":null}' });
  const person = await createSimulacrum({ character: anna, embeddings: "lexical", model });
  const { mind, degraded } = await person.ask("Good day.", { thread: "t" });
  expect(degraded).toEqual([]);
  expect(mind?.feeling).toMatchObject({ text: "Sore." });
  expect(callsOf(model, "feel")).toHaveLength(1);
  await person.close();
});

it("a reflection without queries keeps what it noticed", async () => {
  const model = scriptedAgents({ reflect: () => '{"keyElements":["a greeting"],"queries":[]}' });
  const person = await createSimulacrum({ character: anna, embeddings: "lexical", model });
  const { mind, degraded } = await person.ask("Good day.", { thread: "t" });
  expect(degraded).toEqual([]);
  expect(mind?.reflection).toMatchObject({ keyElements: ["a greeting"], queries: [], asksForMemory: false });
  await person.close();
});
