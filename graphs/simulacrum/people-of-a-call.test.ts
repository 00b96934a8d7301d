import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import { anna, promptsOf, type Script, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "./simulacrum.js";

const ana = { id: "ana", name: "Ana" };
const ben = { id: "ben", name: "Ben" };
const secret = "I have hidden my mother's necklace under the third floorboard.";
const open = async (script: Script = {}) => {
  const model = scriptedAgents({ respond: () => "I see.", ...script });
  return {
    model,
    person: await createSimulacrum({
      character: anna,
      model,
      embeddings: "lexical",
      checkpointer: new MemorySaver(),
    }),
  };
};

describe("a host's turn that did not end", () => {
  const config = { configurable: { thread_id: "g" } };
  const said = (content: string) => ({ messages: [{ role: "user", content }] });

  it.each([{ present: [ana, ben] }, { interlocutor: ana }])(
    "does not lend its people to the next call: %o",
    async (named) => {
      let down = true;
      const { person, model } = await open({ respond: () => (down ? new Error("down") : "I see.") });
      await expect(person.graph.invoke({ ...said(secret), ...named }, config)).rejects.toThrow("down");
      down = false;
      for (const who of [{}, { interlocutor: { id: "carl" } }])
        await expect(person.graph.invoke({ ...said("And?"), ...who }, config)).rejects.toMatchObject({
          code: "thread_people",
        });
      expect(promptsOf(model, "respond")).toHaveLength(1);
      await person.close();
    },
  );

  it("goes on from a breakpoint with its people, where those are not named again", async () => {
    const { person } = await open();
    await person.graph.invoke(
      { ...said(secret), interlocutor: ana },
      { ...config, interruptBefore: ["respond"] },
    );
    await person.graph.invoke(null, config);
    expect((await person.memory.transcript.turns("g"))[0]?.audience).toEqual(["ana"]);
    await person.close();
  });
});
