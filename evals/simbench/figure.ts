/** A share as a reply gives it: its weight, and whether "%" or a word for it stands there. */
export interface Figure {
  weight: number;
  perCent: boolean;
}

const about =
  "(?:(?:about|around|roughly|approximately|approx\\.?|circa|ca\\.?|c\\.|maybe|perhaps|probably|say|close to|nearly|almost|exactly|etwa|rund|environ|约|大约|約)\\s*|[~≈≃=:]\\s*)*";
const number = "(-?(?:\\d{1,3}(?:[.,]\\d{1,9})?|\\d{4,9}(?:\\.\\d{1,9})?|\\.\\d{1,9}))";
const unit =
  "(%|(?:percentage points|percent|per cent|per-cent|pct\\.?|prozent|pour cent|por ciento)(?![\\p{L}])|百分)?";
const figure = new RegExp(
  `^${about}[([]?${about}(?<hundred>百分之)?${number}\\s*${unit}(?<rest>[\\s\\S]*)$`,
  "iu",
);

/** A remark that makes another share of the figure: "less than", a range, a second figure. */
const changes =
  /\p{N}|^[\s)\]]*(?:[+±/×x^]|(?:or )?(?:less|more|fewer|lower|higher|below|above|over|under|at (?:least|most)|plus|minus|times|out of|thousand|million|k)(?![\p{L}]))|^\p{L}|不到|以上|以下/iu;

/**
 * Reads one share and its remark: "70%", "about 70 percent", "0,7", "70% (many would hesitate)", "70% of us". Null where the
 * share is not one plain figure: a range, "less than 70", "70 of 90", "seventy".
 */
export function readFigure(text: string): Figure | null {
  const found = figure.exec(text.trim());
  const [, , digits = "", sign] = found ?? [];
  const rest = found?.groups?.rest ?? "";
  // "1,200" may be a thousand or a decimal: nobody can tell.
  if (!found || changes.test(rest) || /^[1-9]\d{0,2},\d{3}$/u.test(digits)) return null;
  const weight = Number(digits.replace(",", "."));
  return { weight, perCent: sign !== undefined || found.groups?.hundred !== undefined };
}
