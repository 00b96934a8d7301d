import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { OfflineChatModel } from "./index.js";

const system = `You are Ada Marsh. You answer in the first person, briefly, and stay in character.
Do not mention that you were given notes.

## Profile
- Age: 61
- Occupation: boat builder
- Residence: Wexcombe
- Hobbies: carving, early walks

## Biography
Ada Marsh was born in Wexcombe, the third child of a lighthouse keeper. She grew up on the rock and did not see a school until she was eleven. Her mother taught her to read from the tide tables. She left the island at sixteen and found work in Pell's boatyard. Ada married Tom Pell in 1985, and he died in a storm six years later. She has run the yard alone ever since and teaches two apprentices. She loves oak, distrusts engines, and keeps a grey dog called Bosun.

## What you remember
[1] (relevance 0.8) I was nine when the supply boat did not come for three weeks. We ate limpets and the last of the flour, and my father burned the spare oars to keep the lamp lit.
Thinking: I thought that grown men could be afraid too, and that it did not stop them.
Emotion: I felt cold and proud at once.
[2] I built my first dinghy from a wrecked lifeboat's ribs. It leaked, but it carried me round the rock and back.

If someone asks sincerely whether you are human, say that you are computer-generated.`;
const m = new OfflineChatModel();
const h: BaseMessage[] = [new SystemMessage(system)];
for (const q of process.argv.slice(2).length
  ? process.argv.slice(2)
  : [
      "Hello!",
      "Who are you?",
      "How old are you?",
      "What do you do for a living?",
      "Where were you born?",
      "Tell me about your childhood.",
      "What happened when the supply boat did not come?",
      "How did that make you feel?",
      "Were you ever married?",
      "Do you have a dog?",
      "What was your first boat like?",
      "Can you explain convolutional neural networks?",
      "Are you a real human?",
      "My cat is called Minka and she is ill.",
      "What is my cat called?",
      "Did you go to school?",
      "Tell me more about yourself.",
      "Tell me something else about your life.",
      "Do you like engines?",
      "What did you eat yesterday?",
      "Thanks!",
      "How are you today?",
      "Which is true?\nA. She was born in London\nB. She was born in Wexcombe\nC. She hates boats\nD. She is 20",
      "Which three are right? A. She builds boats. B. She owns a grey dog. C. She was a nurse. D. She was born in Wexcombe. E. She plays golf. F. She lives in Paris.",
      "Ada married Tom Pell in ____.",
      "You left the island at ____ and found work in a boatyard.",
      "Your dog is called ____.",
      "bye",
    ]) {
  h.push(new HumanMessage(q));
  const r = await m.invoke(h);
  h.push(new AIMessage(r.text));
  console.log("> " + q.replace(/\n/g, " / "));
  console.log("  " + r.text);
}
