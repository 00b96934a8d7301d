/**
 * Characters of what is said that patterns of speech look at (names given, plans, what settles them): who gives a name or
 * makes a promise does not hide it behind a story, and patterns take long with a page.
 */
export const LOOKED_AT = 4_000;
