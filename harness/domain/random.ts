/**
 * A source of numbers uniform in [0, 1): the same seed gives the same sequence. Not for secrets.
 * Marsaglia's 32-bit xorshift with the shifts 13, 17, 5 ("Xorshift RNGs", Journal of Statistical Software 8(14), 2003).
 * @param seed any integer; multiplied by the golden-ratio constant so that neighbouring seeds start far apart
 */
export function seededRandom(seed: number): () => number {
  // The one state that xorshift never leaves is 0.
  let state = Math.imul(seed + 1, 0x9e3779b1) || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  // The first few numbers still show the bits of a small seed.
  for (let i = 0; i < 8; i++) next();
  return next;
}
