import { describe, expect, it } from "vitest";
import { ReasoningFilter, withoutReasoning } from "./reasoning.js";

const filtered = (chunks: readonly string[], startsInside = false): string => {
  const filter = new ReasoningFilter(startsInside);
  return chunks.map((chunk) => filter.push(chunk)).join("") + filter.end();
};

describe("reasoning in a stream", () => {
  const reply = "<think>She asks about < me.\n</think>\n\nI was born by the sea. 2 < 3 <b>";

  it("is removed wherever the chunks are cut", () => {
    for (let size = 1; size < 12; size++) {
      const chunks = reply.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];
      expect(filtered(chunks)).toBe("I was born by the sea. 2 < 3 <b>");
    }
  });

  it("is dropped when it never ends", () => {
    expect(filtered(["Well. <think>", "and then", " so"])).toBe("Well. ");
  });

  it("is removed more than once and in capitals", () => {
    expect(filtered(["<THINK>a</THINK>One. <think>b</think>Two."])).toBe("One. Two.");
  });

  it("is noticed when only its end is marked, and known the next time", () => {
    const filter = new ReasoningFilter();
    filter.push("Let me see.</think> Yes.");
    expect(filter.closedUnopened).toBe(true);
    expect(filtered(["Let me ", "see.</th", "ink> Yes."], true)).toBe("Yes.");
    expect(filtered(["No reasoning", " today."], true)).toBe("No reasoning today.");
  });

  it("does not hold back ordinary text", () => {
    const filter = new ReasoningFilter();
    expect(filter.push("a < b, ")).toBe("a < b, ");
    expect(filter.push("c <")).toBe("c ");
    expect(filter.push("d")).toBe("<d");
  });
});

describe("reasoning in a whole reply", () => {
  it("is removed with and without its opening tag", () => {
    expect(withoutReasoning("<think>\nhm\n</think>\n\nYes.")).toBe("Yes.");
    expect(withoutReasoning("hm, so\n</think>\nYes.")).toBe("Yes.");
    expect(withoutReasoning(" Yes. ")).toBe("Yes.");
  });
});

/** Every reply with what of it is said; the words are the same in all, so that a wrong cut shows. */
const replies: readonly [reply: string, said: string][] = [
  ["<think>She wants a name.</think>The lamp is lit.", "The lamp is lit."],
  ['<thinking effort="low">hm</thinking>\nThe lamp is lit.', "The lamp is lit."],
  ["<antThinking>hm</antThinking>The lamp is lit.", "The lamp is lit."],
  ["<longcat_think>hm</longcat_think>\nThe lamp is lit.", "The lamp is lit."],
  [
    "<|begin_of_thought|>hm<|end_of_thought|><|begin_of_solution|>The lamp is lit.<|end_of_solution|>",
    "The lamp is lit.",
  ],
  ["<|inner_prefix|>hm<|inner_suffix|>The lamp is lit.<|assistant_end|>", "The lamp is lit."],
  ["<|channel>thought\nhm<channel|>The lamp is lit.<turn|>", "The lamp is lit."],
  [
    "<|open|>think<|sep|>hm<|close|>think<|sep|><|open|>response<|sep|>The lamp is lit.<|close|>response<|sep|>",
    "The lamp is lit.",
  ],
  ["<think>hm</think>\n<answer>\nThe lamp is lit.\n</answer>", "The lamp is lit."],
  [
    "<seed:think><seed:cot_budget_reflect>hm</seed:cot_budget_reflect>so</seed:think>The lamp is lit.<seed:eos>",
    "The lamp is lit.",
  ],
  ["Here is my thought process:\nShe asks.\n\nHere is my response:\nThe lamp is lit.", "The lamp is lit."],
  ["analysisShe asks for the lamp.assistantfinalThe lamp is lit.", "The lamp is lit."],
  [
    "<|start|>assistant<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>The lamp is lit.<|return|>",
    "The lamp is lit.",
  ],
  [
    "<|channel|>commentary to=functions.x <|constrain|>json<|message|>{}<|end|><|channel|>final<|message|>The lamp is lit.",
    "The lamp is lit.",
  ],
  ["<|channel|>final <|constrain|>json<|message|>The lamp is lit.", "The lamp is lit."],
  ["<|im_start|>assistant\nThe lamp is lit.<|im_end|>\n<|im_start|>user\nAnd?", "The lamp is lit."],
  ["<|im_start|>user\nIs it lit?<|im_end|>\n<|im_start|>assistant\nThe lamp is lit.", "The lamp is lit."],
  ["<|start_header_id|>assistant<|end_header_id|>\n\nThe lamp is lit.<|eot_id|>", "The lamp is lit."],
  ["<start_of_turn>model\nThe lamp is lit.<end_of_turn>\n<start_of_turn>user\nAnd?", "The lamp is lit."],
  [" [/INST] The lamp is lit.</s><s>[INST] And? [/INST]", "The lamp is lit."],
  ["<s>The lamp is lit.</s>", "The lamp is lit."],
  ["The lamp is lit.<|end|><|user|>And?", "The lamp is lit."],
  ["<|assistant|>\nThe lamp is lit.<|user|>\nAnd?", "The lamp is lit."],
  ["The lamp is lit.<｜end▁of▁sentence｜>", "The lamp is lit."],
  ["<｜Assistant｜>The lamp is lit.<｜User｜>And?", "The lamp is lit."],
  ["<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>The lamp is lit.<|END_OF_TURN_TOKEN|>", "The lamp is lit."],
  ["<|start_of_role|>assistant<|end_of_role|>The lamp is lit.<|end_of_text|>", "The lamp is lit."],
  ["]~b]ai\nThe lamp is lit.[e~[", "The lamp is lit."],
  ["[|assistant|]The lamp is lit.[|endofturn|]", "The lamp is lit."],
  ["<|im_assistant|>assistant<|im_middle|>The lamp is lit.<|im_end|>", "The lamp is lit."],
  ["The <|some_new_mark|>lamp is<|other|> lit.", "The lamp is lit."],
  ["The lamp is lit.<think>and now", "The lamp is lit."],
  ["<think>only this", ""],
  ["<think/>The lamp is lit.", "The lamp is lit."],
  ["The lamp is lit.</think>", "The lamp is lit."],
];

/** What people write that only looks like a mark. */
const ordinary: readonly string[] = [
  "I <3 you, and 2 < 3, a<b, x <= y.",
  "[laughs] Well. [THAT] one?",
  "Write <b>bold</b>, <s>old</s> and <i class='x'>this</i>, then <br/>.",
  "He thinks <thin ice> is safe | and so < do I",
  "Here is my hat. Analysis is not my trade.",
  "analysis bores me",
  "<p>Hello <output>there</output></p>",
  "A pipe: ls <| wc |> no",
  "]~ and [e~ and ◁ and <| and <",
];

describe("marks of the public templates", () => {
  it.each(replies)("are taken out of %j", (reply, said) => {
    expect(withoutReasoning(reply)).toBe(said);
  });

  it.each(ordinary)("are not seen in %j", (text) => {
    expect(withoutReasoning(text)).toBe(text);
  });

  it("are the same wherever a stream is cut", () => {
    for (const text of [...replies.map(([reply]) => reply), ...ordinary]) {
      const whole = filtered([text]);
      for (let at = 1; at < text.length; at++)
        expect(filtered([text.slice(0, at), text.slice(at)]), `${text} at ${at}`).toBe(whole);
      expect(filtered([...text]), text).toBe(whole);
    }
  });

  it("are read in linear time", () => {
    for (const piece of [
      "<",
      "<think",
      "<|",
      "[",
      "here is ",
      "</think>a",
      "<s>",
      "<think ".padEnd(100, "x"),
    ]) {
      const text = piece.repeat(Math.ceil(60_000 / piece.length));
      const start = performance.now();
      withoutReasoning(text);
      filtered(text.match(/[\s\S]{1,7}/gu) ?? []);
      expect(performance.now() - start, piece).toBeLessThan(5000);
    }
  });
});

it("words struck out at the beginning of a reply are no end of it", () => {
  for (const [reply, answer] of [
    ["<s>Eels</s> or herring.", "Eels or herring."],
    ["<s>Eels.</s>", "Eels."],
    ["<s> Eels.</s>\n<s>[INST] more", "Eels."],
  ] as const) {
    expect(withoutReasoning(reply)).toBe(answer);
    const filter = new ReasoningFilter();
    expect([...reply].map((piece) => filter.push(piece)).join("") + filter.end()).toBe(answer);
  }
});
