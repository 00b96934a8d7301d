import { describe, expect, it } from "vitest";
import { givenName } from "./given-name.js";

describe("the name that somebody gives", () => {
  it.each([
    ["I'm Otto", "Otto"],
    ["Hello, I’m Otto. Is the ferry late?", "Otto"],
    ["Hi there! I am Otto Lind from Heysham.", "Otto Lind"],
    ["My name is Otto van der Lind.", "Otto van der Lind"],
    ["my name's otto", "Otto"],
    ["Good evening. Please call me Otto!", "Otto"],
    ["You can call me Mrs. Lind.", "Mrs. Lind"],
    ["Otto here.", "Otto"],
    ["Hey, Otto Lind here again, how was the crossing?", "Otto Lind"],
    ["This is Siobhán O'Brien", "Siobhán O'Brien"],
    ["Yes, I'm Otto, and this is my dog.", "Otto"],
    ["I'm Jordan", "Jordan"],
    ["I'm Adrian.", "Adrian"],
    ["I'm Roman and I fish.", "Roman"],
    ["I go by Jean-Luc.", "Jean-Luc"],
    ["Hallo, ich bin Otto.", "Otto"],
    ["Ich bin Martin.", "Martin"],
    ["Guten Tag, ich heiße Otto Lind.", "Otto Lind"],
    ["Mein Name ist Lind.", "Lind"],
    ["Bonjour, je m'appelle Élodie Petit", "Élodie Petit"],
    ["Je suis Élodie.", "Élodie"],
    ["Moi, c'est Élodie", "Élodie"],
    ["Hola, soy Iñaki. ¿Qué tal?", "Iñaki"],
    ["Me llamo Lucía Vega", "Lucía Vega"],
    ["Ciao, sono Giada", "Giada"],
    ["Mi chiamo Giada.", "Giada"],
    ["Eu sou o Tiago.", "Tiago"],
    ["Meu nome é Tiago", "Tiago"],
    ["Hoi, ik ben Sanne", "Sanne"],
    ["Ik heet Sanne.", "Sanne"],
    ["Hej, jag heter Åsa.", "Åsa"],
    ["Jeg hedder Mads", "Mads"],
    ["Cześć, jestem Zofia.", "Zofia"],
    ["Mam na imię Zofia", "Zofia"],
    ["Jmenuji se Věra.", "Věra"],
    ["Minun nimeni on Aino", "Aino"],
    ["Réka vagyok.", "Réka"],
    ["Mă numesc Ioana", "Ioana"],
    ["Benim adım Ece", "Ece"],
    ["Привет, меня зовут Олег.", "Олег"],
    ["Με λένε Νίκο", "Νίκο"],
    ["你好，我叫李明。", "李明"],
    ["我的名字是王小红", "王小红"],
    ["叫我小陈吧", "小陈"],
    ["我是陈建国。", "陈建国"],
    ["私の名前は山本健太です。", "山本健太"],
    ["私は田中です", "田中"],
    ["はじめまして、佐藤と申します。", "佐藤"],
    ["제 이름은 김민수입니다", "김민수"],
    ["اسمي ليلى", "ليلى"],
  ])("%s", (said, name) => {
    expect(givenName(said)).toBe(name);
  });

  it.each([
    "I'm tired",
    "I'm Tired of it",
    "I'M TIRED",
    "I'm Danish",
    "I'm Norwegian, from Bergen.",
    "I am Brazilian",
    "I'm Austrian.",
    "I'm Catholic",
    "I'm a nurse",
    "I'm Otto's sister",
    "I'm Otto’s sister.",
    "I'm not Otto",
    "I'm otto",
    "Do you think I'm Otto?",
    "I'm Otto?",
    "If I'm Otto, who are you?",
    "Let's pretend I'm Napoleon.",
    "Imagine, I'm Napoleon.",
    'He said "I\'m Otto" and left.',
    "You are the pilot and I'm Captain Smith.",
    "My brother's name is Otto.",
    "His name is Otto",
    "Don't call me Otto.",
    "He used to call me Otto.",
    "Call me later.",
    "call me back",
    "call me a taxi",
    "My name is not important.",
    "What is my name?",
    "Nobody here.",
    "Same here.",
    "Wait here.",
    "It's Monday.",
    "I'm Mum",
    "I'm from Denmark",
    "I'm Head of Sales",
    "Ich bin müde",
    "Ich bin Lehrer.",
    "Ich bin Krankenschwester",
    "Ich bin Däne",
    "Ich bin Italienerin.",
    "Je suis Française",
    "je suis fatigué",
    "Soy de Madrid",
    "Ik ben moe",
    "Ik ben Nederlander",
    "我叫他来了",
    "我叫了外卖。",
    "我是老师。",
    "叫我怎么办",
    "私は学生です。",
    "私は疲れた",
    "저는 학생입니다",
  ])("is none in “%s”", (said) => {
    expect(givenName(said)).toBeUndefined();
  });

  it.each([
    ["Actually it's Ottokar, not Otto.", "Ottokar"],
    ["Not Otto, Ottokar!", "Ottokar"],
    ["My name isn't Otto. My name is Odo.", "Odo"],
    ["Ich heiße Ottokar, nicht Otto", "Ottokar"],
    ["Nicht Otto, sondern Ottokar.", "Ottokar"],
    ["C'est Ottokar, pas Otto", "Ottokar"],
    ["Call me Odo.", "Odo"],
    ["I'm Otto Lind.", "Otto Lind"],
  ])("is corrected by “%s”", (said, name) => {
    expect(givenName(said, { known: "Otto" })).toBe(name);
  });

  it.each(["I'm Napoleon.", "I'm Otto.", "Not Otto, please."])("is not changed by “%s”", (said) => {
    expect(givenName(said, { known: "Otto" })).toBeUndefined();
  });

  it("is corrected within one breath", () => {
    expect(givenName("I'm Otto. Sorry, Ottokar, not Otto.")).toBe("Ottokar");
  });

  it("is not the listener's own", () => {
    expect(givenName("I'm Anna Berg.", { others: ["Anna Berg"] })).toBeUndefined();
  });
});
