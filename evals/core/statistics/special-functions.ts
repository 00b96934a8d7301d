import { createRequire } from "node:module";

/** What we use of cephes (Moshier 1989), the numerical library under SciPy's distributions, compiled to WebAssembly. */
interface Cephes {
  ndtr(x: number): number;
  ndtri(p: number): number;
  incbet(a: number, b: number, x: number): number;
  incbi(a: number, b: number, p: number): number;
  lgam(x: number): number;
  igam(a: number, x: number): number;
}

let loaded: Cephes | undefined;

// Loaded at first use: its CommonJS build is ready at once, its module build only after an `await`.
function cephes(): Cephes {
  const library: Cephes = loaded ?? createRequire(import.meta.url)("cephes");
  loaded = library;
  return library;
}

/** P(Z <= x) of the standard normal distribution. */
export const normalCdf = (x: number): number => cephes().ndtr(x);

/** The x with P(Z <= x) = p; -Infinity at 0 and Infinity at 1. */
export const normalQuantile = (p: number): number =>
  p <= 0 ? Number.NEGATIVE_INFINITY : p >= 1 ? Number.POSITIVE_INFINITY : cephes().ndtri(p);

/** ln of the gamma function. */
export const logGamma = (x: number): number => cephes().lgam(x);

/** The regularised lower incomplete gamma function: P(X <= x) of a gamma variable of shape a. */
export const lowerGamma = (a: number, x: number): number => cephes().igam(a, x);

/** The quantile of the beta distribution with shapes a and b. */
export const betaQuantile = (p: number, a: number, b: number): number => cephes().incbi(a, b, p);

/** P(|T| >= |t|) of Student's t; the degrees of freedom need not be whole. */
export const studentTwoSidedP = (t: number, df: number): number =>
  Number.isFinite(t) ? cephes().incbet(df / 2, 0.5, df / (df + t * t)) : 0;

/** The quantile of Student's t; the degrees of freedom need not be whole. */
export function studentQuantile(p: number, df: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, df);
  const { incbi } = cephes();
  // Near the centre the other tail of the beta distribution keeps the digits.
  if (p < 0.75) {
    const x = incbi(0.5, df / 2, 2 * p - 1);
    return Math.sqrt((df * x) / (1 - x));
  }
  const x = incbi(df / 2, 0.5, 2 * (1 - p));
  return Math.sqrt((df * (1 - x)) / x);
}

/** The quantile of the F distribution; the degrees of freedom need not be whole. */
export function fQuantile(p: number, df1: number, df2: number): number {
  const { incbet, incbi } = cephes();
  // Whichever of x and 1 - x is the smaller one is computed, as the other has lost its digits.
  if (incbet(df2 / 2, df1 / 2, 0.5) > 1 - p) {
    const x = incbi(df2 / 2, df1 / 2, 1 - p);
    return (df2 * (1 - x)) / (df1 * x);
  }
  const x = incbi(df1 / 2, df2 / 2, p);
  return (df2 * x) / (df1 * (1 - x));
}

/** P(X <= k) of the binomial distribution of n draws with chance p. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return cephes().incbet(n - k, k + 1, 1 - p);
}

/** P(X = k) of the binomial distribution of n draws with chance p. */
export function binomialPmf(k: number, n: number, p: number): number {
  if (p <= 0 || p >= 1) return k === (p <= 0 ? 0 : n) ? 1 : 0;
  const choices = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(choices + k * Math.log(p) + (n - k) * Math.log1p(-p));
}
