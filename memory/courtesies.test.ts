import { describe, expect, it } from "vitest";
import { refusalOf } from "./write-gate.js";

const nothing = { answered: "", recalled: [], existing: [] };

describe("courtesies", () => {
  it.each([
    "Salut ! Merci bien, bonne soirée.",
    "Hallo, danke schön. Bis bald!",
    "¡Buenas noches! Muchas gracias.",
    "Grazie mille, a presto.",
    "Olá, tudo bem.",
    "Dank je wel, tot morgen.",
    "Tack så mycket, vi ses.",
    "Dziękuję bardzo, do widzenia.",
    "Спокойной ночи, до завтра.",
    "Καληνύχτα, ευχαριστώ πολύ.",
    "Teşekkür ederim, iyi geceler.",
    "تصبح على خير، شكرا جزيلا.",
    "תודה רבה, לילה טוב.",
    "おやすみなさい。また明日。",
    "감사합니다. 안녕히 가세요.",
    "谢谢您，再见。",
    "Selamat malam, terima kasih.",
    "Cảm ơn bạn, tạm biệt.",
    "ขอบคุณครับ",
  ])("fill no memory: %s", (said) => expect(refusalOf({ ...nothing, said })).toBe("empty"));

  it.each([
    "My mother drowned.",
    "J'ai un frère.",
    "Mein Vater starb.",
    "Mi madre murió.",
    "我有一个女儿。",
    "Моя сестра больна.",
    "أبي مات.",
  ])("hide no news: %s", (said) => expect(refusalOf({ ...nothing, said })).toBeNull());
});
