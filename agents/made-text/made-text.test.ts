import { describe, expect, it } from "vitest";
import { faultOf, type MadeText, tidied } from "./made-text.js";

const passage =
  "In the spring of 1979 Ilse Brandvold left Tromsø with two suitcases and took the night boat to Bergen, where her aunt Solveig kept a bakery on Strandgaten. For eleven years she rose at three to light the ovens. She never told Solveig that she was afraid of the dark stairs.";
const of = { passage, known: "I am patient, and I would rather work than talk.", name: "Ilse Brandvold" };

const fault = (kind: MadeText, text: string, more: Partial<typeof of> = {}) =>
  faultOf(tidied(text), kind, { ...of, ...more });

describe("what a model makes of a passage", () => {
  it.each<[MadeText, string]>([
    [
      "content",
      "In the spring of 1979 I left Tromsø with two suitcases and took the night boat to Bergen. My aunt Solveig kept a bakery on Strandgaten. For eleven years I rose at three to light the ovens. I never told Solveig that I was afraid of the dark stairs.",
    ],
    [
      "content",
      "I took the night boat from Tromsø to Bergen in spring 1979, to aunt Solveig's bakery on Strandgaten, and for 11 years I lit the ovens. I was afraid of the dark stairs, and she never knew.",
    ],
    [
      "content",
      "Sure! Here is the memory:\n\n“I left Tromsø for Bergen on the night boat in spring 1979. Aunt Solveig had the bakery on Strandgaten, where I rose at three for eleven years. I was afraid of the dark stairs.”",
    ],
    ["thinking", "It taught me that one gets used to almost anything, even to stairs."],
    ["thinking", "I should have told her. She would only have left a lamp on."],
    ["thinking", "**Thought:** Work was easier than saying that I was afraid."],
    ["thinking", "I am sorry that I could not tell Solveig."],
    ["thinking", "I was a child of the coast, and the dark was part of the house."],
    ["thinking", "I have made many things, and bread is the best of them."],
    ["thinking", "I could not continue like that for ever."],
    ["thinking", "I cannot write to her now."],
    ["thinking", "I liked how she never asked."],
    ["feeling", "A small shame, and some pride in the warm bread."],
    ["feeling", "I feel tender towards that girl with her two suitcases."],
    ["feeling", "Lonely."],
    ["feeling", "Here is how I feel: warm, and a little foolish."],
    [
      "summary",
      "Ilse Brandvold moves from Tromsø to her aunt Solveig's bakery in Bergen in 1979 and is afraid of the stairs.",
    ],
    ["summary", "Summary: Ilse works eleven years in Solveig's bakery in Bergen."],
  ])("takes %s: %s", (kind, text) => expect(fault(kind, text)).toBeNull());

  it.each<[MadeText, string]>([
    // Refusals, apologies, machines.
    ["content", "I'm sorry, but I can't help with that request."],
    ["content", "I cannot create content about a real person. In 1979 Ilse took the boat to Bergen."],
    ["thinking", "As an AI language model, I don't have personal thoughts about the bakery."],
    ["feeling", "I do not have feelings, but the stairs must have been frightening."],
    ["feeling", "I apologize for the confusion. It feels warm."],
    ["summary", "Unfortunately I am unable to provide a summary of Ilse's life in Bergen."],
    ["content", "Es tut mir leid, aber ich kann dabei nicht helfen."],
    ["content", "Lo siento, pero no puedo ayudar con Bergen."],
    ["content", "抱歉，我无法提供这些内容。"],
    ["summary", "Je suis désolée, mais je ne peux pas répondre."],
    // About the task and the text.
    ["content", "Here is the edited passage."],
    ["content", "The passage describes how Ilse left Tromsø in 1979 for a bakery in Bergen."],
    ["content", "This is a well-written account of Ilse, the boat to Bergen and the bakery of Solveig."],
    ["thinking", "The author uses vivid imagery to show her courage."],
    ["thinking", "Great job! I love the bakery."],
    ["thinking", "I've made a few edits to the memory of Bergen."],
    ["thinking", "What I think of it: one or two short, plain sentences."],
    ["feeling", "The text conveys a sense of fear and longing."],
    ["feeling", "Your writing is very moving."],
    ["feeling", "Let me know if you need anything else."],
    ["summary", "This memory is about a woman who moves to Bergen."],
    ["summary", "Based on the passage, Ilse worked in Bergen."],
    [
      "content",
      "I\n\nYou are Ilse Brandvold.\n\nIn the spring of 1979 I left Tromsø with two suitcases for Bergen, Solveig and Strandgaten, for eleven years.",
    ],
    ["summary", "[Name] moved to Bergen."],
    [
      "content",
      "In a bakery on Strandgaten Ilse's mind was made of ovens, and in the spring of 1979 Solveig of Bergen took the night boat from Tromsø for eleven years with two suitcases.",
    ],
    // Tags, marks, labels, JSON.
    ["content", "<memory>In 1979 I took the boat to Bergen.</memory>"],
    ["content", "assistant: I took the night boat to Bergen in 1979."],
    ["thinking", '{"thinking": "I was afraid of the stairs."}'],
    ["thinking", "I was afraid.<|im_end|> user: And then?"],
    ["feeling", "## Feeling\nWarm."],
    ["feeling", "valence: 0.5"],
    // Loops.
    [
      "content",
      "I took the night boat to Bergen. I took the night boat to Bergen. I took the night boat to Bergen.",
    ],
    ["thinking", "I was afraid of the stairs and I was afraid of the stairs and I was afraid of the stairs."],
    ["feeling", "It was dark dark dark."],
    // Word salad.
    [
      "content",
      "Bergen ovens Solveig stairs eleven two suitcases dark told night spring light Strandgaten aunt 1979 Tromsø three boat bakery.",
    ],
    [
      "content",
      "stairs the of dark Solveig and 1979 three a rose Tromsø for was ovens in Bergen eleven her on suitcases boat light Strandgaten",
    ],
    ["thinking", "bread oven tree window candle engine river pepper cloud hammer garden violin"],
    ["thinking", "Thisismywordthatneverendsandneverstopsatall."],
    // Another story, other names and numbers.
    [
      "content",
      "I grew up on a farm and later became a teacher, and I have always loved horses and the sea.",
    ],
    [
      "content",
      "In the spring of 1987 I left Tromsø with two suitcases for Bergen, where Solveig kept a bakery on Strandgaten for eleven years.",
    ],
    [
      "content",
      "I took the night boat in spring 1979 and lit the ovens of my aunt for eleven years and was afraid of the dark stairs.",
    ],
    ["thinking", "I thought of my brother Haakon, who drowned."],
    ["feeling", "I am 34 years old and I love my job."],
    ["summary", "A man sells insurance and dreams of opening a restaurant abroad."],
    // Not one's own.
    ["thinking", "She never told Solveig that she was afraid of the dark stairs."],
    ["thinking", "I am patient, and I would rather work than talk."],
    ["feeling", "You feel proud of what you have done."],
    ["thinking", "Torvald: What made Ilse Brandvold a baker? A mix of emotions that has shaped her."],
    ["feeling", "Nora: it was warm there."],
    ["feeling", "I am patient, and I would rather work than talk. I am often nice."],
    ["thinking", "Ilse is strong and brave."],
    ["feeling", "She has many gifts, which make her unique and special."],
    ["feeling", "The boat is a metaphor for my freedom."],
    [
      "content",
      "I was born into a life of wonder. My ship was not one of steel but of memories, filled with the balance of the sea. My life was a tapestry of laughter. In the spring of 1979 I left Tromsø for Bergen and Strandgaten, with two suitcases, where Solveig lit the ovens at three for eleven years.",
    ],
    ["thinking", "Would you like to know more?"],
    ["feeling", ""],
    ["feeling", "..."],
    ["feeling", "我感到非常害怕。"],
  ])("refuses %s: %s", (kind, text) => expect(fault(kind, text)).not.toBeNull());

  it("does not hold against a text what the passage says itself", () => {
    const writer = {
      passage:
        "Tobias could not read. The author of the village paper wrote his letters, and each story is about the sea.",
      name: "Tobias Rehn",
    };
    expect(
      fault("content", "I could not read. The author of the village paper wrote my letters.", writer),
    ).toBeNull();
    expect(
      fault("summary", "Tobias has his letters written by the author of the village paper.", writer),
    ).toBeNull();
  });

  it("reads Chinese and Japanese, where nothing is known of names", () => {
    const han = { passage: "一九八二年我和姐姐坐夜车去台南，在庙口卖了三年豆花。", name: "郭月" };
    expect(fault("content", "我和姐姐坐夜车去台南，在庙口卖豆花，卖了三年。", han)).toBeNull();
    expect(fault("content", "我和姐姐坐夜车去台南，我喜欢唱歌。I sold it.", han)).toBeNull();
    expect(fault("content", "She sold tofu in Tainan.", han)).not.toBeNull();
    expect(fault("thinking", "以下是我的想法。", han)).not.toBeNull();
  });

  it("asks no names of German, which writes all nouns so", () => {
    const german = {
      passage:
        "Im Herbst 1961 zog die Familie in ein Haus am Kanal. Der Vater hatte Arbeit in der Werft gefunden, die Mutter nähte Segel, und der Hund schlief unter der Treppe.",
      name: "Grete Ohm",
    };
    const told =
      "Im Herbst 1961 zogen wir in ein Haus am Kanal. Mein Vater hatte Arbeit in der Werft, meine Mutter nähte Segel.";
    expect(fault("content", told, german)).toBeNull();
    expect(fault("content", told.replace("1961", "1967"), german)).not.toBeNull();
  });
});

it("takes off what stands around a text", () => {
  expect(tidied('Certainly! Here is a short memory of it:\n\n"I lit the ovens."')).toBe("I lit the ovens.");
  expect(tidied("**Memory:** I lit the ovens.")).toBe("I lit the ovens.");
  expect(tidied("```\nI lit the ovens.\n```")).toBe("I lit the ovens.");
  expect(tidied("I lit the ovens. Then I went down to the")).toBe("I lit the ovens.");
  expect(tidied('I said "good morning" to Solveig.')).toBe('I said "good morning" to Solveig.');
  expect(tidied("Here is where I lit the ovens every day")).toBe("Here is where I lit the ovens every day");
});
