/**
 * The one spelling of a person's id, at every door: the composed form (NFC), without white space around it and without
 * characters that nobody sees. Ids that look the same are one person, with one memory that is forgotten as one. Letter case
 * and accents tell people apart. Joiners stay, since in some scripts they change what is read.
 */
export const personId = (id: string): string =>
  id
    .normalize("NFC")
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, "")
    .trim();
