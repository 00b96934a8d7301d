import type { Affect } from "../../data/character.js";
import { type Html, html } from "../../evals/page/html.js";

/** With a real minus, and a plus, so that the sign is never missed. */
export const signed = (value: number): string =>
  `${value < -0.004 ? "−" : value > 0.004 ? "+" : ""}${Math.abs(value).toFixed(2)}`;

/** Valence from −1 (unpleasant) to +1 (pleasant), arousal from 0 (calm) to 1 (stirred up). */
export const affectFigures = ({ valence, arousal }: Affect): string =>
  `valence ${signed(valence)}, arousal ${arousal.toFixed(2)}`;

/** The same as two cells of a table. */
export const affectCells = (affect: Affect | null | undefined): Html =>
  html`<td class="number">${affect ? signed(affect.valence) : "none"}</td><td class="number">${affect ? affect.arousal.toFixed(2) : "none"}</td>`;

export const clock = (iso: string): string => `${iso.slice(11, 16)} UTC`;
