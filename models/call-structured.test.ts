import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { SimulacraError } from "../data/errors.js";
import { type Behaviour, FaultyModelServer } from "../dev/doubles/models/faulty-model-server.js";
import { callStructured } from "./call-structured.js";
import { clientOf } from "./model-client.js";
import { ScriptedChatModel, type ScriptedReply } from "./scripted-chat-model.js";
import { UsageMeter } from "./usage.js";

const schema = z.object({ feeling: z.string().min(1), valence: z.number().min(-1).max(1) });
const messages = [new SystemMessage("You are calm."), new HumanMessage("How do you feel?")];
const good = '{"feeling": "calm", "valence": 0.2}';
const calm = { feeling: "calm", valence: 0.2 };

async function ask(replies: ScriptedReply[]) {
  const meter = new UsageMeter();
  const model = new ScriptedChatModel(replies);
  const promise = callStructured({ model, messages, role: "emotion", schema, name: "feeling", meter });
  return { model, meter, promise };
}

describe("a structured reply", () => {
  const accepted: Record<string, string> = {
    "as it should be": good,
    fenced: `\`\`\`json\n${good}\n\`\`\``,
    "after lead text": `Sure! Here is {my} answer:\n${good}\nHope it helps.`,
    "after reasoning": `<think>{"feeling": "wrong", "valence": 9}</think>${good}`,
    "in single quotes, with a comment and a trailing comma": "{'feeling': 'calm', /* so */ 'valence': 0.2,}",
    "cut off at the end": '{"feeling": "calm", "valence": 0.2',
    "in an unfinished fence": '```json\n{"feeling": "calm",\n "valence": 0.2\n',
    "in a list of one": `[${good}]`,
    "under an outer key": `{"feeling": ${good}}`,
    'under "properties"': `{"type": "object", "properties": ${good}}`,
  };
  for (const [how, reply] of Object.entries(accepted)) {
    it(`is read ${how}`, async () => {
      const { promise, meter } = await ask([reply]);
      expect(await promise).toMatchObject({ value: calm, reasks: 0 });
      expect(meter.snapshot()).toMatchObject({ calls: 1, reasks: 0 });
    });
  }

  const refused: Record<string, string> = {
    "the wrong type": '{"feeling": "calm", "valence": "purple"}',
    "another thing": '{"mood": "calm"}',
    "half of it": '{"feeling": "ca',
    prose: "I feel calm today.",
    empty: "",
    "another language": "我现在很平静，谢谢你的关心。",
  };
  for (const [what, reply] of Object.entries(refused)) {
    it(`that is ${what} is asked for once more, with the error shown`, async () => {
      const { promise, meter, model } = await ask([reply, good]);
      expect(await promise).toMatchObject({ value: calm, reasks: 1, raw: good });
      expect(meter.snapshot()).toMatchObject({
        calls: 1,
        reasks: 1,
        byRole: { emotion: { calls: 1, reasks: 1 } },
      });
      expect(model.calls[1]?.messages.at(-1)?.text).toMatch(/could not be used: .+/);
    });

    it(`that is ${what} twice ends in an error that keeps the text`, async () => {
      const { promise, model } = await ask([reply, reply, good]);
      const error = await promise.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(SimulacraError);
      expect(error).toMatchObject({
        code: reply === "" ? "model_empty" : "model_refused",
        details: { raw: reply },
      });
      expect(model.calls).toHaveLength(2);
    });
  }

  it("is asked for by a schema behind the last message: what stands before it stays as it was", async () => {
    const { promise, model } = await ask([good]);
    await promise;
    const [system, last, ...rest] = model.calls[0]?.messages ?? [];
    expect(system?.text).toBe("You are calm.");
    expect(last?.text).toMatch(/\n\n.*JSON Schema.*\n\{.*"valence"/);
    expect(last?.text).not.toContain("$schema");
    expect(rest).toHaveLength(0);
  });
});

describe("a server that enforces schemas", () => {
  let server: FaultyModelServer | undefined;
  afterEach(() => server?.close());

  async function clientFor(...behaviours: Behaviour[]) {
    server = await FaultyModelServer.start(...behaviours);
    const model = new ChatOpenAI({ model: "stub", apiKey: "x", configuration: { baseURL: server.baseURL } });
    return clientOf(model, { enforcesJsonSchema: true, backoffMs: 5 });
  }

  it("gets response_format and no schema in the prompt", async () => {
    const model = await clientFor({ reply: good });
    expect(await callStructured({ model, messages, role: "emotion", schema, name: "feeling" })).toMatchObject(
      { value: calm },
    );
    const [request] = server?.requests ?? [];
    expect(request?.body.response_format).toMatchObject({
      type: "json_schema",
      json_schema: { name: "feeling", strict: true },
    });
    expect(request?.body.messages[0]?.content).toBe("You are calm.");
  });

  it("but refuses response_format gets the schema in the prompt, then and later", async () => {
    const refusal = { status: 400, message: "Unknown parameter: 'response_format'." };
    const model = await clientFor(refusal, { reply: "calm" }, { reply: good });
    const result = await callStructured({ model, messages, role: "emotion", schema, name: "feeling" });
    expect(result.value).toEqual(calm);
    expect(JSON.stringify(server?.requests.at(-1)?.body.messages)).toContain("JSON Schema");
    await callStructured({ model, messages, role: "emotion", schema, name: "feeling" });
    expect(server?.requests).toHaveLength(4);
    expect(server?.requests.at(-1)?.body.response_format).toBeUndefined();
  });
});
