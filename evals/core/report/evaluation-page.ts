import { pageDocument } from "../../page/document.js";
import { type Html, html } from "../../page/html.js";
import type { Instrument } from "../contract.js";
import { listScript } from "./list-script.js";
import { reportStyles } from "./report-styles.js";

/** The words of the page, for readers who do not know our vocabulary. */
const glossary: readonly (readonly [string, string])[] = [
  [
    "Subject, item, sample",
    "A subject is a person played by a program, or a bare language model. An item is what it is asked. A sample is one item put to one subject once.",
  ],
  [
    "Condition",
    "What is held constant and compared: the method by which a person is played, the language model, how it is asked, and the arm of an experiment. Methods: blank knows only the question; prompt also the profile and the biography; rag also looks up passages of the life story; macm remembers, thinks and feels before it answers.",
  ],
  [
    "Answered, refused, unparsable, in error, skipped",
    "Answered: an answer could be read. Refused: the subject declined. Unreadable (unparsable): it replied, and no answer could be read. In error: no reply came. Skipped: an earlier item of the session was in error. Only answered samples enter a mean, unless the measure says otherwise.",
  ],
  ["n", "How many values a mean is made of. A mean is of all of them, each counting once."],
  [
    "Interval",
    "Made so that about 95 of 100 such intervals, one a study, hold the true mean; by resampling: subjects are drawn with replacement, then items of each with all their repeats (cluster bootstrap; Davison & Hinkley 1997). With fewer than ten subjects such intervals are too narrow. With one subject they speak of this subject alone. Where all values are alike no resample differs and there is no such interval; for yes or no answers Wilson's stands instead, and says so: it takes every answer as independent (Wilson 1927).",
  ],
  [
    "Paired comparison",
    "Two conditions on the same subjects, items and repeats. p is the chance of a difference at least as large if there were none; Holm’s adjustment keeps the chance of any false alarm among all comparisons of a measure at 5 %.",
  ],
  [
    "dz, rank-biserial r",
    "How large a difference is beside how much it varies (Cohen 1988), and by ranks, from −1 to 1. Neither says whether it matters.",
  ],
  [
    "Spread",
    "Standard deviation, apart for repeats (the same thing done again), items and subjects (Snedecor & Cochran 1989).",
  ],
  [
    "For comparison",
    "What guessing at random would earn, or what people did, from the literature. These were not measured here.",
  ],
  [
    "Not computed, because …",
    "Where a number cannot be computed honestly, the reason stands in its place. Nothing unknown is written as 0.",
  ],
  [
    "Limits",
    "These are answers of programs. They show how a program plays a person under the conditions stated above, and nothing about that person, or about people.",
  ],
];

/** What a page of an evaluation is made of. */
interface ReportParts {
  title: string;
  /** Below the title: what this is, and the facts of it. */
  lead: Html;
  /** Instruments with a section each, for the contents. */
  instruments: readonly Pick<Instrument, "name" | "title">[];
  sections: readonly Html[];
  /** The list of samples, under its heading. */
  samples: { heading: string; about: Html; list: Html; blocks: Html };
}

/** A page of an evaluation: contents, instruments, the list of samples, and how to read them. */
export function evaluationPage({ title, lead, instruments, sections, samples }: ReportParts): string {
  const { heading, about, list, blocks } = samples;
  const body = html`<header><h1>${title}</h1>
${lead}
<nav aria-label="Contents"><ul class="toc">${instruments.map((each) => html`<li><a href="#${each.name}">${each.title}</a></li>`)}<li><a href="#samples">${heading}</a></li><li><a href="#reading">How to read this page</a></li></ul></nav></header>
<main id="main" tabindex="-1">${sections}
<section class="instrument"><h2 id="samples" tabindex="-1">${heading}</h2>
<p class="small soft">${about}</p>
${list}</section></main>
<footer class="guide"><h2 id="reading">How to read this page</h2><dl class="glossary">${glossary.map(([word, meaning]) => html`<dt>${word}</dt><dd>${meaning}</dd>`)}</dl></footer>`;
  return pageDocument({ title, body, styles: reportStyles, script: listScript, blocks });
}
