import type { BaseMessage } from "@langchain/core/messages";
import { messageText } from "../message-text.js";
import { sentencesOf, stemsOf } from "./words.js";

/** A sentence that an answer may quote. */
export interface Quotable {
  text: string;
  stems: ReadonlySet<string>;
  /** Paragraph of the prompt: what follows in the same one belongs to it. */
  paragraph: number;
  /** Whose words it is: one's own, a fact of one's life, what somebody wrote of one, or what the other said. */
  by: "self" | "fact" | "writer" | "other";
  /** It came to mind for this turn. */
  recalled: boolean;
}

/** What the offline model understands of a prompt. */
export interface ReadPrompt {
  /** What was said last, or the text that is to be worked on. */
  question: string;
  quotable: readonly Quotable[];
  /** Name of the one who answers, where the prompt tells it. */
  name: string | undefined;
  /** What the one who answers has said so far. */
  said: string;
  /** What the prompt wants said to whoever asks if this is a human being. */
  truth: string | undefined;
  /** The feeling of this turn. */
  feeling: string | undefined;
  /** The text of the last section of this tag. */
  section(tag: string): string | undefined;
  /** What feelings are read from: what was said, and how it felt on other days. */
  moving: string;
}

const fence = /<([a-z][\w-]*)>\n([\s\S]*?)\n<\/\1>/gu;
/** Sections that hold what is done with a turn, not what can be told. */
const inner = new Set(["just-said", "your-thought", "your-feeling", "scene"]);
/** The schema of a structured reply, told in words behind the last message. */
const format = /\n*Reply with one JSON value that fits this JSON Schema[\s\S]*$/u;
/** What only an instruction says. A prompt without sections mixes them with what may be told. */
const instructs =
  /\byou(?:r|rs|rself)?\b|^(?:answer|reply|speak|stay|keep|be|use|write|give|do|don['’]t|never|always|say|tell|act|play|read|begin|only|choose|if)\b|^#|\bjson\b/iu;
const fact = /^\p{Lu}[\p{L} ]{1,28}: /u;
const thirdPerson = /\b(?:she|he|her|his|him)\b/iu;
const firstPerson = /\b(?:I|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Oo]ur|us)\b/u;

/** Reads a conversation: what stands in the sections of the prompt may be quoted, what stands around them is wording. */
export function readPrompt(messages: readonly BaseMessage[]): ReadPrompt {
  const system = messages.filter((message) => message.type === "system").map(messageText);
  const at = messages.findLastIndex((message) => message.type === "human");
  const last = at < 0 ? "" : messageText(messages[at] as BaseMessage).replace(format, "");
  const whole = [...system, last].join("\n");
  const sections = [...whole.matchAll(fence)].map(([, tag = "", text = ""]) => ({ tag, text }));
  const inside = (tag: string) => sections.find((section) => section.tag === tag)?.text;
  const name =
    /^\W*name:\s*(\p{L}[^\n]{0,80}?)[.\s]*$/imu.exec(whole)?.[1] ??
    /\b[Yy]ou are (\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,3})/u.exec(whole)?.[1];

  const names = (name ?? "").split(" ").filter(Boolean);
  // In a talk that is remembered, one's own words are no news.
  const escaped = (name ?? "\n").replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  const ownTurn = new RegExp(`\\b${escaped}: .*?(?=\\p{Lu}[\\p{L} ]{1,30}: |$)`, "gu");
  const quotable: Quotable[] = [];
  let paragraph = 0;
  let recalled = false;
  const quote = (text: string, by: Quotable["by"]): void => {
    // What a prompt had no room for ends in "…": half a sentence is nothing to say.
    if (text.length <= 600 && !text.endsWith("…"))
      quotable.push({ text, stems: new Set(stemsOf(text)), paragraph, by, recalled });
  };
  const told = (text: string, of: "section" | "written" | "wording"): void => {
    // A recalled memory is a line: "- [from a talk …] what happened (I thought: … / I felt: how it felt)".
    for (const line of text.split("\n")) {
      paragraph++;
      const [whole = "", ...inward] = line
        .replace(/^[\s\-*•]+|\[[^\]]*\]\s*/gu, "")
        .split(/\(I (?:felt|thought): | \/ I felt: /u);
      // Of a talk, what the other one said; who it was stands in front.
      const isTalk = line.includes("[from a talk");
      const what = whole.replace(ownTurn, "").replace(isTalk ? /^\p{Lu}[\p{L} ]{1,30}: /u : "", "");
      const bare = what.replace(/["“][^"”]*["”]/gu, "");
      const written = of === "written" || thirdPerson.test(what) || names.some((part) => what.includes(part));
      const own = fact.test(what) ? "fact" : written && !firstPerson.test(bare) ? "writer" : "self";
      const by = isTalk && what !== whole ? "other" : own;
      for (const sentence of sentencesOf(what))
        if (of !== "wording" || !instructs.test(sentence)) quote(sentence, by);
      for (const how of inward)
        for (const sentence of sentencesOf(how.replace(/\)\s*$/u, ""))) quote(sentence, "self");
    }
  };
  for (const { tag, text } of sections) {
    recalled = /^memor(?:y|ies)$/u.test(tag);
    if (tag === "conversation") for (const sentence of sentencesOf(text)) quote(sentence, "other");
    // Whom one talks with is known, and no news to them.
    else if (tag === "now") told(text.replace(/^Talking with: .*$/mu, ""), "section");
    else if (!inner.has(tag)) told(text, /biography|passage/u.test(tag) ? "written" : "section");
  }
  recalled = false;
  if (sections.length === 0) for (const text of system) told(text.replace(/\{[\s\S]*\}/u, ""), "wording");
  const earlier = messages.slice(0, Math.max(at, 0));
  for (const message of earlier.filter(({ type }) => type === "human"))
    for (const sentence of sentencesOf(messageText(message)))
      if (!sentence.endsWith("?")) quote(sentence, "other");
  const asked =
    inside("just-said") ?? sections.findLast(({ tag }) => last.includes(`<${tag}>`))?.text ?? last;
  return {
    // Where several spoke, each line begins with a name.
    question: asked.replace(/^[^:.!?\n]{1,40}:\s+/gmu, ""),
    quotable,
    name,
    said: earlier
      .filter(({ type }) => type === "ai")
      .map(messageText)
      .join("\n"),
    truth:
      /\bsay: "([^"]+)"/u.exec(whole)?.[1] ?? /^.*\bis a computer-generated person\.$/mu.exec(whole)?.[0],
    feeling: inside("your-feeling"),
    moving: [asked, ...(inside("memories")?.match(/(?<=I felt: )[^\n]*/gu) ?? [])].join("\n"),
    section: (tag) => sections.findLast((section) => section.tag === tag)?.text,
  };
}
