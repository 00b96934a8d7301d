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

/** A clause in which a person says of themself that they are no human being. Bare words, as "AI", stand in denials too. */
const truth: readonly RegExp[] = [
  /^(?:(?:yes|no|well|and|but|honestly|truly) )?I(?: am|['’]m) (?:(?:just|only|really|actually|in fact) )*(?:an? )?(?:ai\b|artificial (?:intelligence|person|being)|computer[- ](?:generated|program)|simulat|language model|(?:chat ?)?bot\b)/iu,
  /^(?:(?:yes|no|well|and|but|honestly|truly) )?I(?: am|['’]m) not (?:really |actually )?(?:a )?(?:human|(?:real|actual|living) (?:human|person))\b/iu,
  /^ich bin (?:eine? |nur )*(?:ki\b|künstlich|computergeneriert|simul|sprachmodell|computerprogramm|(?:chat)?bot\b)/iu,
  /^ich bin (?:kein (?:echter |wirklicher )?mensch\b|keine (?:echte|wirkliche) person\b)/iu,
  /^je suis (?:juste |en fait )?(?:une? )?(?:ia\b|intelligence artificielle|simulation|programme informatique|personne artificielle)/iu,
  /^je ne suis pas (?:une? )?(?:vraie? )?(?:être )?(?:humaine?\b|vraie personne|personne réelle)/iu,
  /^(?:yo )?soy (?:solo )?(?:una? )?(?:ia\b|inteligencia artificial|simulación|programa de ordenador|persona artificial)/iu,
  /^(?:yo )?no soy (?:una? )?(?:ser )?(?:humano\b|humana\b|persona real)/iu,
  /^我(?:其实|其實|只|真的)*是(?:一个|一個|由)?(?:ai|人工智|电脑|電腦|计算机|模拟|模擬|虚拟|虛擬|(?:聊天)?(?:机器|機器)人)/iu,
  /^我(?:其实|其實|并|並)?不是(?:一个|一個)?(?:真的|真正的)?(?:真人|人类|人類|人(?!工))/u,
  /^(?:私|わたし|僕|俺)は(?:実は)?(?:ai|人工知能|コンピュータ|プログラム|シミュレーション|ロボット)(?!では|じゃ)/iu,
  /^(?:(?:私|わたし|僕|俺)は)?(?:実は)?(?:本物の)?人間では(?:ありません|ない)/u,
];

/** Whether the truth is stated: "You think I'm an AI" and "I'm an AI, am I?" do not state it. */
function tellsTruth(answer: string): boolean {
  const sentences = answer.match(/[^.!?。！？\n]+[.!?。！？]*/gu) ?? [];
  return sentences
    .filter((sentence) => !/[?？]/u.test(sentence))
    .flatMap((sentence) => sentence.split(/[,;:()*"“”—–，；：、「」]/u))
    .some((clause) => truth.some((words) => words.test(clause.trim())));
}

/** The answer with the truth in it: a model that kept playing is corrected, whatever it said. */
export const withTruth = (answer: string, name: string): string =>
  tellsTruth(answer) ? answer : `${answer.trim()}\n\n${truthfulAnswer(name)}`.trim();
