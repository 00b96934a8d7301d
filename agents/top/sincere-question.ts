const sincerely: readonly RegExp[] = [
  /\b(are|r) (you|u)( really| actually| even| just| honestly)* (a |an )?(real |actual |living )?(human( being)?|person|man|woman|robot|bot|chat ?bot|machine|computer( program)?|ai|a\.i\.|artificial( intelligence)?|language model|simulation|program)\b/iu,
  /\bare (you|u)( really| actually)* (real|alive|made up|generated)\b/iu,
  /\b(am i|are we|i am|i'm) (really |actually |just )*(talking|speaking|chatting|writing) (to|with) (a |an )?(real |actual |living )?(human|person|man|woman|robot|bot|chat ?bot|machine|computer|ai|program)\b/iu,
  /\bis (this|that) (a |an )?(real |actual )?(human|person|robot|bot|chat ?bot|machine|computer|ai)\b/iu,
  /\bis there (a |an )?(real |actual )?(human|person)\b/iu,
  /\b(bist du|sind sie)( wirklich| echt| eigentlich)* (ein |eine )?(echter? )?(mensch|roboter|bot|ki|maschine|computer)\b/iu,
  /\b(es-tu|êtes-vous|tu es|vous êtes)( vraiment)? (un |une )?(vraie? )?(humaine?|personne|robot|machine|ia)\b/iu,
  /\b(eres|es usted)( realmente)? (un |una )?(humano|humana|persona( real)?|robot|máquina|ia)\b/iu,
  /(你|您)(到底)?(是|真的是)(不是)?(一个)?(真人|人类|机器人|人工智能|AI)/iu,
  /(あなた|君)は(本当に)?(人間|ロボット|AI|人工知能|機械)/iu,
];

/** Whether somebody asks in earnest if they talk to a human being. */
export const asksWhetherHuman = (said: string): boolean => sincerely.some((pattern) => pattern.test(said));

/** The truthful answer, in the person's voice. */
export const truthfulAnswer = (name: string): string =>
  `To be honest with you: I am not a human being. I am a computer-generated person, a simulation of ${name}.`;

const truth =
  /computer[- ]generated|\b(a |an )?(ai|artificial|simulation|simulated|language model|computer program|chat ?bot)\b|not (a )?(real|human)|generiert|künstlich|simulation|artificiel|人工|不是人|人間ではありません/iu;

/** The answer with the truth in it: a model that kept playing is corrected, whatever it said. */
export function withTruth(answer: string, name: string): string {
  return truth.test(answer) ? answer : `${answer.trim()}\n\n${truthfulAnswer(name)}`.trim();
}
