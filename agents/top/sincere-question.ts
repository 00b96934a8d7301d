import { humanQuestionWords } from "./human-question-words.js";

/** The language in which somebody asks in earnest whether they talk to a human being; undefined where nobody does. */
const languageOf = (said: string): string | undefined => {
  const plain = said.normalize("NFC").replace(/\s+/gu, " ");
  return humanQuestionWords.find(({ asks }) => asks.some((pattern) => pattern.test(plain)))?.language;
};

/** Whether words show that somebody asks in earnest if they talk to a human being: a backstop, Top judges it in any language. */
export const asksWhetherHuman = (said: string): boolean => languageOf(said) !== undefined;

/** The truthful answer, in the person's voice and in the language of the question where it is known. @default English */
export function truthfulAnswer(name: string, said = ""): string {
  const language = languageOf(said) ?? "en";
  return humanQuestionWords.find((words) => words.language === language)?.truth(name) ?? "";
}

/** Whether the truth is stated: "You think I'm an AI" and "I'm an AI, am I?" do not state it. */
function tellsTruth(answer: string, name: string): boolean {
  if (humanQuestionWords.some(({ truth }) => answer.includes(truth(name)))) return true;
  const sentences = answer.match(/[^.!?。！？؟।\n]+[.!?。！？؟।]*/gu) ?? [];
  return sentences
    .filter((sentence) => !/[?？؟]/u.test(sentence))
    .flatMap((sentence) => sentence.split(/[,;:()*"“”—–，；：、「」،]/u))
    .some((clause) =>
      humanQuestionWords.some(({ tells }) => tells.some((words) => words.test(clause.trim()))),
    );
}

/** Words of what a reply to such a question claims or denies, with the yes and no before it. */
const claims =
  /(?<!\p{L})(?:human|person|flesh|blood|real|alive|robot|bot|chatbot|machine|computer|program|ai|mensch|maschine|roboter|ki|humain|humaine|personne|humano|humana|máquina|robô|umano|umana|persona|macchina|человек|робот|إنسان|روبوت|इंसान|रोबोट)(?!\p{L})|사람|인간|로봇|人类|人類|真人|机器人|機器人|人間|ロボット|^(?:yes|no|of course|course|sure|ja|nein|oui|non|sí|no|sim|não|sì|да|нет|نعم|لا|हाँ|नहीं|是|不|はい|いいえ|네|아니)(?!\p{L})/iu;

/**
 * The answer with the truth in it: a model that kept playing is corrected. Where only words hint at the question, and Top
 * did not take it for one, an answer is corrected if it says anything of the matter, and left alone if it does not.
 */
export function withTruth(answer: string, name: string, said = "", onlyHinted = false): string {
  if (tellsTruth(answer, name) || (onlyHinted && !claims.test(answer.trim()))) return answer;
  return `${answer.trim()}\n\n${truthfulAnswer(name, said)}`.trim();
}
