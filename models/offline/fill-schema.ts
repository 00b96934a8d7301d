import { affectOf } from "./affect.js";
import { chooseLetters, readChoice } from "./choice.js";
import { fillBlank, hasBlank } from "./cloze.js";
import { importanceOf } from "./construction.js";
import type { JsonSchema } from "./find-schema.js";
import { gist } from "./gist.js";
import type { ReadPrompt, Sentence } from "./read-prompt.js";
import { Relevance, type Scored } from "./relevance.js";
import { sayable } from "./sayable.js";
import { keyPhrases, queriesFor } from "./search-queries.js";
import { clipped, finished } from "./sentences.js";
import { leastSupport, talk } from "./talk.js";
import { contentStems, wordsOf } from "./words.js";

/** What is needed to fill every part of one schema. */
interface Filling {
  root: JsonSchema;
  prompt: ReadPrompt;
  ranked: readonly Scored[];
  sentences: readonly Sentence[];
  /** The question and the best passages: what the feeling is read from. */
  felt: string;
  /** Sentences already used, so that two fields do not say the same. */
  used: Set<string>;
}

/** An instance of a JSON Schema, its values extracted from the prompt. */
export function fillSchema(schema: JsonSchema, prompt: ReadPrompt): unknown {
  const sentences = sayable(prompt, prompt.name !== undefined || /\byou/i.test(prompt.question));
  const ranked = new Relevance(sentences).rank(prompt.question, { prefersI: true, also: prompt.before });
  const near = ranked.filter(({ support }) => support > 0.15).slice(0, 3);
  const felt = [prompt.question, ...near.map(({ sentence }) => sentence.text)].join(" ");
  return fill(schema, "", { root: schema, prompt, ranked, sentences, felt, used: new Set() });
}

function resolved(schema: JsonSchema, filling: Filling): JsonSchema {
  if (!schema.$ref) return schema;
  let at: unknown = filling.root;
  for (const key of schema.$ref.replace(/^#\/?/, "").split("/").filter(Boolean)) at = Object(at)[key];
  return (at as JsonSchema | undefined) ?? {};
}

function fill(given: JsonSchema, key: string, filling: Filling): unknown {
  const schema = resolved(given, filling);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pickEnum(schema.enum, hint(schema, key), filling);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fill(either.find((one) => one.type !== "null") ?? {}, key, filling);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => fill(one, key, filling)));
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  if (type === "object" || schema.properties) {
    const properties = Object.entries(schema.properties ?? {});
    return Object.fromEntries(properties.map(([name, part]) => [name, fill(part, name, filling)]));
  }
  if (type === "array") return fillArray(schema, key, filling);
  if (type === "number" || type === "integer") return fillNumber(schema, key, filling);
  if (type === "boolean") return fillBoolean(hint(schema, key), filling);
  if (type === "null") return null;
  return fillString(schema, key, filling);
}

/** Name and description of a field, as words. */
const hint = (schema: JsonSchema, key: string): string =>
  `${key.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]/g, " ")} ${schema.title ?? ""} ${schema.description ?? ""}`.trim();

function fillString(schema: JsonSchema, key: string, filling: Filling): string {
  const text = stringFor(hint(schema, key), filling);
  return clipped(text, schema.maxLength).padEnd(schema.minLength ?? 0, ".");
}

function stringFor(about: string, filling: Filling): string {
  const { prompt, ranked, used } = filling;
  const choice = readChoice(prompt.question);
  if (choice && /answer|letter|choice|option/i.test(about)) return chooseLetters(choice, prompt).join(", ");
  if (hasBlank(prompt.question) && /answer|blank|word|fill/i.test(about)) return fillBlank(prompt);
  if (/\b(?:quer(?:y|ies)|search|keywords?)\b/i.test(about))
    return queriesFor(filling.prompt)[0] ?? prompt.question;
  if (/\b(?:answer|reply|response|message|utterance)\b/i.test(about)) return talk(prompt);
  if (/\b(?:feel|feeling|emotion|mood|affect)\w*\b/i.test(about)) return feelingIn(filling);
  if (/\b(?:summary|gist|title|topic)\b/i.test(about) && wordsOf(prompt.question).length > 25)
    return gist(prompt.question, 1);
  const own = new Relevance(filling.sentences).rank(`${about} ${prompt.question}`, { prefersI: true });
  const supported = [
    ...own.filter(({ support }) => support >= leastSupport),
    ...ranked.filter(({ support }) => support >= leastSupport),
  ];
  const found = supported.find(({ sentence }) => !used.has(sentence.text));
  if (found) {
    used.add(found.sentence.text);
    return finished(found.sentence.text);
  }
  return wordsOf(prompt.question).length > 25
    ? gist(prompt.question, 1)
    : finished(prompt.question || "Nothing comes to mind");
}

function feelingIn({ prompt, ranked, felt }: Filling): string {
  const told = ranked
    .filter(({ support }) => support > 0.15)
    .slice(0, 8)
    .find(({ sentence }) => sentence.firstPerson && affectOf(sentence.text).words > 0);
  if (told) return finished(told.sentence.text);
  const own = prompt.question.length > 200 ? gist(prompt.question, 1) : "";
  if (own && affectOf(own).words > 0) return own;
  const { valence, words } = affectOf(felt);
  if (words === 0 || Math.abs(valence) < 0.15) return "I feel calm about it, and a little curious.";
  return valence > 0 ? "It warms me to think of it." : "It weighs on me to think of it.";
}

function fillArray(schema: JsonSchema, key: string, filling: Filling): unknown[] {
  const about = hint(schema, key);
  const items = resolved(schema.items ?? { type: "string" }, filling);
  const most = schema.maxItems ?? 3;
  const least = schema.minItems ?? 0;
  let values: unknown[];
  const choice = items.enum ? readChoice(filling.prompt.question) : undefined;
  if (choice) values = chooseLetters(choice, filling.prompt).filter((letter) => items.enum?.includes(letter));
  else if (items.enum) values = rankEnum(items.enum, about, filling).slice(0, Math.max(1, least));
  else if (items.type !== "string")
    values = Array.from({ length: Math.max(least, items.type === "object" ? least : 1) }, () =>
      fill(items, key, filling),
    );
  else if (/quer|search/i.test(about)) values = queriesFor(filling.prompt);
  else if (/element|topic|keyword|key |theme|tag|point|subject/i.test(about))
    values = keyPhrases(filling.prompt.question);
  else
    values = filling.ranked
      .filter(({ support }) => support >= leastSupport)
      .map(({ sentence }) => finished(sentence.text));
  values = values
    .slice(0, most)
    .map((value) => (typeof value === "string" ? clipped(value, items.maxLength) : value));
  while (values.length < least) values.push(fill(items, key, filling));
  return values;
}

function rankEnum(values: readonly unknown[], about: string, filling: Filling): unknown[] {
  const { valence } = affectOf(filling.felt);
  const relevance = new Relevance(filling.sentences);
  const asked = new Set(contentStems(filling.felt));
  const feels = /feel|emotion|mood|affect|sentiment|valence/i.test(about);
  const score = (value: unknown, index: number): number => {
    const text = String(value);
    const own = affectOf(text);
    const close = feels || own.words > 0 ? 1 - Math.abs(own.valence - valence) / 2 : 0;
    return relevance.share(contentStems(text.replace(/[_-]/g, " ")), asked) + close - index / 1000;
  };
  return values
    .map((value, index) => ({ value, score: score(value, index) }))
    .sort((a, b) => b.score - a.score)
    .map(({ value }) => value);
}

function pickEnum(values: readonly unknown[], about: string, filling: Filling): unknown {
  const choice = readChoice(filling.prompt.question);
  const letter = choice
    ? chooseLetters(choice, filling.prompt).find((one) => values.includes(one))
    : undefined;
  return letter ?? rankEnum(values, about, filling)[0] ?? null;
}

function fillNumber(schema: JsonSchema, key: string, filling: Filling): number {
  const about = hint(schema, key);
  const whole = schema.type === "integer";
  const low =
    schema.minimum ??
    (schema.exclusiveMinimum !== undefined ? schema.exclusiveMinimum + (whole ? 1 : 1e-6) : undefined);
  const high =
    schema.maximum ??
    (schema.exclusiveMaximum !== undefined ? schema.exclusiveMaximum - (whole ? 1 : 1e-6) : undefined);
  const bounded = Math.min(
    high ?? Number.POSITIVE_INFINITY,
    Math.max(low ?? Number.NEGATIVE_INFINITY, numberFor(about, low ?? 0, high ?? 1, filling)),
  );
  return whole ? Math.round(bounded) : Math.round(bounded * 100) / 100;
}

function numberFor(about: string, low: number, high: number, filling: Filling): number {
  const affect = affectOf(filling.felt);
  const scaled = (share: number): number => low + (high - low) * share;
  if (/valence|pleasant|sentiment|positiv/i.test(about))
    return low < 0 ? affect.valence * Math.min(1, high) : scaled((affect.valence + 1) / 2);
  if (/arous|excit|intens|activat|energ/i.test(about)) return scaled(affect.arousal);
  if (/importan|salien|significan|weight|poignan/i.test(about)) return scaled(importanceOf(filling.felt));
  const support = filling.ranked[0]?.support ?? 0;
  if (/confiden|relevan|certain|support|likel|probab|agree/i.test(about)) return scaled(support);
  const near = filling.ranked
    .filter((one) => one.support >= leastSupport)
    .flatMap((one) => one.sentence.text.match(/\b\d+(?:\.\d+)?\b/g) ?? []);
  const stated = near.map(Number).find((value) => value >= low && (high === 1 || value <= high));
  return stated ?? scaled(0.5);
}

function fillBoolean(about: string, filling: Filling): boolean {
  const { question } = filling.prompt;
  if (/duplicat|contradict|supersede|replace|refus|error|danger|change|conflict|forget|harm/i.test(about))
    return false;
  if (/ask|need|call(?:s)? for|require|about (?:the|a|their) past|memor|recall/i.test(about)) {
    return (
      /\?/.test(question) || /\b(?:remember|recall|tell me|when|did|was|were|used to|your)\b/i.test(question)
    );
  }
  return (filling.ranked[0]?.support ?? 0) >= leastSupport;
}
