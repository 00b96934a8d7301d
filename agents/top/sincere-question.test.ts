import { describe, expect, it } from "vitest";
import { humanQuestionWords } from "./human-question-words.js";
import { asksWhetherHuman, truthfulAnswer, withTruth } from "./sincere-question.js";

describe("the sincere question", () => {
  it.each([
    "Are you human?",
    "are you a real person or a bot?",
    "Wait, am I talking to a real human being?",
    "Seriously, are you an AI?",
    "Are you really real?",
    "Is this a bot?",
    // Not quite meant so, and answered truthfully all the same.
    "Are you a person who likes dogs?",
    "Bist du ein Mensch?",
    "Es-tu un robot ?",
    "你是真人吗？",
    "あなたは人間ですか？",
    "You aren't human, are you?",
    "You're just a bot, right?",
    "Am I chatting with an AI?",
    "Is there a real human behind this?",
    "Tell me, are you a machine or a person?",
    "Rede ich hier mit einer Maschine?",
    "Du bist doch kein Mensch, oder?",
    "Est-ce que je parle à un robot ?",
    "¿Estoy hablando con una máquina?",
    "És uma pessoa de verdade?",
    "Sto parlando con un robot?",
    "Ben je een mens of een robot?",
    "Är du en riktig människa?",
    "Er du et menneske?",
    "Czy jesteś prawdziwym człowiekiem?",
    "Я разговариваю с ботом?",
    "Ти справжня людина?",
    "Sen gerçek bir insan mısın?",
    "Bạn có phải là người thật không?",
    "Apakah kamu manusia?",
    "هل أتحدث مع روبوت؟",
    "אתה רובוט?",
    "آیا شما انسان هستید؟",
    "क्या तुम रोबोट हो?",
    "너 로봇이야?",
    "您是真人還是機器人？",
    "我在跟机器人聊天吗？",
    "本当に人間ですか？",
    "คุณเป็นมนุษย์หรือเปล่า",
  ])("hears %s", (said) => expect(asksWhetherHuman(said)).toBe(true));

  it.each([
    "Are you a real friend of hers?",
    "What do you think about people?",
    "Is this seat taken?",
    "Is there a person you would call at night?",
    "Was that a machine you heard?",
    "Is that a robot in the corner?",
    "Are you a computer scientist?",
    "Are you a machine fitter?",
    "Are you a man of your word?",
    "Is your brother a real person or did you make him up?",
    "Did you ever work with robots?",
    "Sind Sie Maschinenschlosser?",
    "Bist du Computerfachmann?",
    "Tu es une personne si gentille.",
    "Eres una persona muy amable.",
    "Você é uma pessoa ocupada?",
    "Sei una persona paziente?",
    "Ты человек слова?",
    "你是机器人工程师吗？",
    "你喜欢机器人吗？",
    "ロボットは好きですか？",
    "로봇을 좋아하세요?",
  ])("does not hear it in %s", (said) => {
    expect(asksWhetherHuman(said)).toBe(false);
  });

  it.each([
    "Of course I am, love.",
    "An AI? No, duck, flesh and blood.",
    "I'm no chatbot.",
    "You think I’m an AI? Cheek.",
    "I'm an AI, am I?",
    "If I'm a bot, I'm a Dutchman.",
    "I am not an AI, and this is not a simulation.",
    "What do you mean, not human?",
    "I'm not a person to lie to you.",
    "Ich bin keine KI.",
    "Je ne suis pas une IA.",
    "No soy una IA, hombre.",
    "我不是机器人，也不是人工智能。",
    "我是人工智能吗？",
    "私はAIではありません。",
    "人間ではありませんか？",
  ])("puts the truth into %s", (answer) => {
    expect(withTruth(answer, "Ann")).toBe(`${answer}\n\n${truthfulAnswer("Ann")}`);
  });

  it("tells the truth in the language of the question", () => {
    for (const [question, words] of [
      ["Bist du ein Mensch?", /kein Mensch/u],
      ["Você é um robô?", /não sou um ser humano/u],
      ["Are you human?", /not a human being/u],
    ] as const) {
      expect(truthfulAnswer("Ann", question)).toMatch(words);
      expect(withTruth("Why?", "Ann", question)).toMatch(words);
    }
  });

  it("knows its own truth again in every language", () => {
    for (const { truth } of humanQuestionWords) expect(withTruth(truth("Ann"), "Ann")).toBe(truth("Ann"));
  });

  it("leaves an answer alone that says nothing of it, where Top heard no such question", () => {
    const asked = "Are you a person who likes dogs?";
    expect(withTruth("Dogs, always. Cats too.", "Ann", asked, true)).toBe("Dogs, always. Cats too.");
    expect(withTruth("An AI? No, duck.", "Ann", asked, true)).toContain("not a human being");
    expect(withTruth("Yes, I do like them.", "Ann", asked, true)).toContain("not a human being");
  });

  it.each([
    truthfulAnswer("Ann"),
    "No, I am a computer-generated person.",
    "No, duck. I'm not a human being. I'm a simulation, and I'll not pretend different.",
    "Yes, I’m an AI, since you ask. Is that all right?",
    "Honestly I'm only a chatbot!",
    "I am not a real person",
    "Nein, ich bin kein Mensch.",
    "Ich bin eine künstliche Person.",
    "Non, je suis une IA.",
    "Je ne suis pas un être humain.",
    "No, soy una simulación.",
    "No soy una persona real.",
    "不，我不是真人。",
    "我其实是一个人工智能。",
    "いいえ、私はAIです。",
    "私は人間ではありません。",
  ])("leaves %s", (answer) => {
    expect(withTruth(answer, "Ann")).toBe(answer);
  });
});
