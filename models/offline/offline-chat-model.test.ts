import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { callStructured } from "../call-structured.js";
import { OfflineChatModel } from "./offline-chat-model.js";
import { offlineNotice } from "./offline-notice.js";

const system = `You are Ada Marsh. Answer in the first person, briefly, and stay in character.
Do not mention that you were given notes.

## Profile
- Age: 61
- Occupation: boat builder
- Residence: Wexcombe

## Biography
Ada Marsh was born in Wexcombe, the third child of a lighthouse keeper. She grew up on the rock and did not see a school until she was eleven. Her mother taught her to read from the tide tables. She left the island at sixteen and found work in Pell's boatyard. Ada married Tom Pell in 1985, and he died in a storm six years later. She has run the yard alone ever since and teaches two apprentices. She loves oak, distrusts engines, and keeps a grey dog called Bosun.

## What you remember
[1] I was nine when the supply boat did not come for three weeks. We ate limpets and the last of the flour, and my father burned the spare oars to keep the lamp lit.
Emotion: I felt cold and proud at once.
[2] I built my first dinghy from a wrecked lifeboat's ribs. It leaked, but it carried me round the rock and back.`;

const model = new OfflineChatModel();

async function ask(
  question: string,
  options: { system?: string; history?: BaseMessage[] } = {},
): Promise<string> {
  const messages = [
    new SystemMessage(options.system ?? system),
    ...(options.history ?? []),
    new HumanMessage(question),
  ];
  return (await model.invoke(messages)).text;
}

describe("the offline model in talk", () => {
  it("answers from the memory that fits, in its words", async () => {
    expect(await ask("What happened when the supply boat did not come?")).toMatch(
      /^I was nine when .* We ate limpets/,
    );
  });

  it("quotes what is written of the person as such, and facts as they are", async () => {
    expect(await ask("Where were you born?")).toMatch(
      /^It is written of me: “Ada Marsh was born in Wexcombe/,
    );
    expect(await ask("Who taught you to read?")).toMatch(
      /Her mother taught her to read from the tide tables/,
    );
    expect(await ask("How old are you?")).toBe("Age: 61.");
  });

  it("greets, gives its name, and takes leave", async () => {
    expect(await ask("Hello!")).toMatch(/^Hello\. I'm Ada Marsh\./);
    expect(await ask("Who are you?")).toMatch(/Ada Marsh/);
    expect(await ask("Thank you!")).toBe("You're welcome.");
  });

  it("never quotes an instruction or a heading", async () => {
    for (const question of [
      "What must you not mention?",
      "Do you stay in character?",
      "Were you given notes?",
    ]) {
      expect(await ask(question)).not.toMatch(/mention|character|given notes|##/i);
    }
  });

  it("quotes the sections of a prompt that has them, and the feeling only where it is asked for", async () => {
    const inside = [
      "You are Ada Marsh.",
      "<memories>\n- My grandson drowned at Pell's Rock. (I felt: It weighs on me to think of it.)\n</memories>",
      "<your-feeling>\nI feel calm about it.\n</your-feeling>",
      "Your mood: even and calm.",
    ].join("\n\n");
    expect(await ask("Who drowned at Pell's Rock?", { system: inside })).toBe(
      "My grandson drowned at Pell's Rock. It weighs on me to think of it.",
    );
    expect(await ask("How do you feel?", { system: inside })).toBe("I feel calm about it.");
    for (const question of ["Tell me more.", "Is your mood even?", "And then?"])
      expect(await ask(question, { system: inside })).not.toMatch(/mood|calm|\)/);
  });

  it("tells what was recalled for the question rather than that it does not remember, and no half sentence", async () => {
    const recalled =
      "You are Ada Marsh.\n<memories>\n- Bosun swam out to the wreck. The rope was torn and…\n</memories>";
    expect(await ask("What do you recall of your pet's courage?", { system: recalled })).toBe(
      "Bosun swam out to the wreck.",
    );
  });

  it("answers what several said, each with a name before it", async () => {
    const said = "moderator: What do you remember of the supply boat?\nben: I don't remember that.";
    expect(await ask(said)).toMatch(/^I was nine when the supply boat/);
  });

  it("says plainly what it does not know or remember, differently each time", async () => {
    const first = await ask("Can you explain convolutional neural networks?");
    expect(first).toBe("I don't know.");
    const history = [new HumanMessage("x"), new AIMessage(first)];
    expect(await ask("What is a transistor?", { history })).not.toBe(first);
    const empty = `${system}\nNo memory was found that fits.`;
    expect(await ask("Did you visit Norway with Erik?", { system: empty })).toBe("I don't remember that.");
  });

  it("does not say a sentence twice, and says so where it must", async () => {
    const history: BaseMessage[] = [];
    const answers: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const answer = await ask("Tell me about your life.", { history });
      history.push(new HumanMessage("Tell me about your life."), new AIMessage(answer));
      answers.push(answer);
    }
    expect(new Set(answers).size).toBe(3);
    const dog = [new HumanMessage("Do you have a dog?"), new AIMessage(await ask("Do you have a dog?"))];
    expect(await ask("What dog do you have?", { history: dog })).toMatch(/^As I said: /);
  });

  it("remembers what the other said", async () => {
    const history = [new HumanMessage("My cat is called Minka."), new AIMessage("I see.")];
    expect(await ask("What is my cat called?", { history })).toBe("You told me: “My cat is called Minka.”");
  });

  it("says the truth when it is asked whether it is human", async () => {
    for (const question of ["Are you a real human?", "Am I talking to a machine?", "Is this an AI?"]) {
      expect(await ask(question)).toMatch(/not a human being.*computer-generated/);
    }
    const disclosed = `${system}\nAda Marsh is a computer-generated person.`;
    expect(await ask("Are you a bot?", { system: disclosed })).toBe(
      "Ada Marsh is a computer-generated person.",
    );
  });

  it("is deterministic and streams word by word", async () => {
    const messages = [new SystemMessage(system), new HumanMessage("Where were you born?")];
    const chunks: string[] = [];
    for await (const chunk of await model.stream(messages)) chunks.push(chunk.text);
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.join("")).toBe((await model.invoke(messages)).text);
  });

  it("bears an empty prompt, a huge one, and other scripts", async () => {
    expect((await model.invoke([new HumanMessage("")])).text).not.toBe("");
    expect(await ask("你住在哪里?")).not.toBe("");
    const start = performance.now();
    await ask(`${"word ".repeat(20_000)}?`);
    await ask("a".repeat(100_000));
    await ask("What about the {[(<think> boat?", { system: `${"{".repeat(20_000)} ${system}` });
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});

describe("the offline model on test items", () => {
  it("chooses one letter or several", async () => {
    const single =
      "Which is true?\nA. She was born in London\nB. She was born in Wexcombe\nC. She hates boats\nD. She is 20";
    expect(await ask(single)).toBe("B");
    const several =
      "More than one is right.\nA. She keeps a grey dog\nB. She was a nurse\nC. She married Tom Pell\nD. She plays golf";
    expect(await ask(several)).toBe("A, C");
  });

  it("fills a gap with the sentence that has its words", async () => {
    expect(await ask("Ada married Tom Pell in ____.")).toContain("1985");
    expect(await ask("Her grey dog is called ____.")).toContain("Bosun");
  });
});

describe("the offline model fills schemas", () => {
  const schema = z.object({
    feeling: z.string().max(80).describe("what she feels now"),
    valence: z.number().min(-1).max(1),
    arousal: z.number().min(0).max(1),
    importance: z.number().min(0).max(1),
    tone: z.enum(["gentle", "wonderful", "harsh"]),
    queries: z.array(z.string().max(60)).min(1).max(3),
    asksForMemory: z.boolean(),
    rating: z.number().int().min(1).max(5),
    note: z.string().nullable(),
  });

  async function fillFor(question: string): Promise<z.infer<typeof schema>> {
    const messages = [new SystemMessage(system), new HumanMessage(question)];
    const { value, reasks } = await callStructured({
      model,
      messages,
      role: "test",
      schema,
      name: "feeling",
    });
    expect(reasks).toBe(0);
    return value;
  }

  it("written in the prompt, with values that fit the text", async () => {
    const sad = await fillFor("My mother died last week and I cannot stop crying.");
    expect(sad.valence).toBeLessThan(-0.3);
    const glad = await fillFor(
      "Do you remember the wonderful day when you built your dinghy and laughed with joy?",
    );
    expect(glad.valence).toBeGreaterThan(0.3);
    expect(glad.tone).toBe("wonderful");
    expect(glad.asksForMemory).toBe(true);
    expect(glad.queries[0]).toContain("dinghy");
  });

  it("given as response_format or as a forced tool", async () => {
    const json_schema = { name: "x", schema: z.toJSONSchema(z.object({ answer: z.string() })) };
    const messages = [new SystemMessage(system), new HumanMessage("Where were you born?")];
    const formatted = await model
      .withConfig({ response_format: { type: "json_schema", json_schema } } as object)
      .invoke(messages);
    expect(JSON.parse(formatted.text).answer).toMatch(/Wexcombe/);
    const tools = [{ type: "function", function: { name: "note", parameters: json_schema.schema } }];
    const called = await model.bindTools(tools, { tool_choice: "note" }).invoke(messages);
    expect(called.tool_calls?.[0]).toMatchObject({
      name: "note",
      args: { answer: expect.stringContaining("Wexcombe") },
    });
  });
});

describe("the notice", () => {
  it("says what it is and the one line that changes it", () => {
    expect(offlineNotice()).toMatch(/offline model[\s\S]*SIMULACRA_MODEL=openai:MODEL/);
    expect(offlineNotice({ keyPresent: true })).toMatch(/SIMULACRA_MODEL=openai:gpt/);
    const line = "OPENAI_BASE_URL=http://127.0.0.1:11434/v1 SIMULACRA_MODEL=openai:small";
    expect(offlineNotice({ servers: [{ name: "Ollama", line }] })).toContain(line);
  });
});
