import { expect, it } from "vitest";
import { scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { emptyMemory, episodePlace, longMemory, tell } from "../../dev/doubles/memory/talk.js";
import { withAudience } from "../../memory/ownership.js";
import { countTokens } from "../../models/index.js";
import { consolidateDue } from "./consolidate-due.js";

it("keeps as history what was outdated before it was consolidated", async () => {
  const asked: string[] = [];
  const model = scriptedAgents({
    outdated: ({ prompt }) => {
      asked.push(prompt);
      return '{"outdated":[1]}';
    },
  });
  const memory = emptyMemory({ rehearsals: 1 });
  const long = withAudience(["ben"], "long");
  await tell(memory, "My uncle Rui lives in Lancaster, in a house by the canal.");
  await tell(memory, "And the herring is late.", { recalled: [episodePlace("a", 1)] });
  const later = longMemory("Rui has moved to a house in Heysham.", "b", "2026-06-01T10:00:00.000Z");
  await memory.store.put(long, "later", later);
  const deps = { name: "Ada", traits: "", origin: "talk" as const, model, countTokens, memory };
  expect(await consolidateDue(deps)).toMatchObject({ consolidated: 1 });
  const current = await memory.list({ kinds: ["long"], superseded: false });
  expect(current.map(({ content }) => content)).toEqual([later.content]);
  expect(await memory.list({ kinds: ["long"] })).toHaveLength(2);
  expect(asked).toHaveLength(1);
  expect(/<new-memory>([\s\S]*)<\/new-memory>/u.exec(asked[0] ?? "")?.[1]).toContain("Heysham");
});
