import { describe, expect, it } from "vitest";
import { isSamePlan, isSettledBy, type OpenMatter, plansIn } from "./open-matters.js";

describe("plans and promises in what is said", () => {
  it.each([
    "I'll paint the hull on Thursday.",
    "Tomorrow I have my driving test.",
    "My sister is coming next week.",
    "I promise to bring the rope back.",
    "We're moving to Ghent in two weeks.",
    "I'm seeing the doctor on Monday.",
    "I have to sing in front of everybody tonight!",
    "Ich werde am Samstag das Boot streichen.",
    "Morgen habe ich meine Prüfung.",
    "Demain je passe mon examen.",
    "Mañana voy a pintar el barco.",
    "Domani devo parlare con mio padre.",
    "Amanhã vou consertar o barco.",
    "Morgen ga ik de boot schilderen.",
    "我明天要去修船。",
    "来週、試験を受けます。",
  ])("%s", (said) => {
    expect(plansIn(`Hello there. ${said}`)).toEqual([said]);
  });

  it.each([
    "I painted the hull on Thursday.",
    "Will you paint the hull tomorrow?",
    "I'll have a coffee.",
    "See you tomorrow!",
    "I'll see you on Monday.",
    "If I'm well tomorrow I'll come.",
    "The weather will be fine tomorrow.",
    "Guten Morgen, ich bin Otto.",
    "I like Thursdays.",
  ])("none in “%s”", (said) => {
    expect(plansIn(said)).toEqual([]);
  });
});

const matter = (text: string): OpenMatter => ({
  text,
  by: "them",
  at: "2026-05-01T10:00:00.000Z",
  thread: "t",
  turn: 1,
  audience: ["otto"],
});

describe("what was left open", () => {
  const hull = matter("I'll paint the hull on Thursday.");

  it("is settled when it is told", () => {
    expect(isSettledBy(hull, "The hull is painted. It looks fine.", undefined)).toBe(true);
    expect(isSettledBy(hull, "It went well.", "And did you paint the hull?")).toBe(true);
  });

  it("stays open while something else is told, or only asked after", () => {
    expect(isSettledBy(hull, "It went well.", "How was your sister?")).toBe(false);
    expect(isSettledBy(hull, "Do you remember the hull?", undefined)).toBe(false);
    expect(isSettledBy(hull, "Did I?", "Did you paint the hull?")).toBe(false);
  });

  it("yields to a new plan of the same kind", () => {
    expect(isSamePlan("I'll paint the hull on Sunday instead.", hull)).toBe(true);
    expect(isSamePlan("I'll buy bread on Sunday.", hull)).toBe(false);
    expect(isSamePlan("I'll paint the mast on Sunday.", hull)).toBe(false);
  });
});
