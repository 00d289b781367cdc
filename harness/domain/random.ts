/** A source of numbers in [0, 1). */
export type Random = () => number;

/** The 32-bit finaliser of MurmurHash3 (Appleby, public domain): every input bit changes every output bit with probability near one half. */
function scramble(word: number): number {
  let bits = word;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * Numbers in [0, 1) by index, from 1: a Weyl sequence stepped by the golden ratio and scrambled, as in SplitMix
 * (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014), in 32 bits. It repeats after 2^32 indexes.
 * The same arguments give the same number, in whatever order and in whatever process they are asked.
 *
 * @param seed any integer
 * @param stream numbers of one seed with different stream names are independent of each other
 */
export function seededNumbers(seed: number, stream: string): (index: number) => number {
  let start = scramble(seed | 0);
  for (const character of stream) start = scramble(start ^ character.codePointAt(0)!);
  return (index) => scramble((start + Math.imul(index, 0x9e3779b9)) | 0) / 0x1_0000_0000;
}

/** A deterministic source of randomness: `seededNumbers` one after the other. */
export function seededRandom(seed: number, stream: string): Random {
  const numbers = seededNumbers(seed, stream);
  let index = 0;
  return () => numbers(++index);
}

/**
 * The version 4 UUID (RFC 9562) of this seed and number. The same pair gives the same UUID; different numbers below 2^32 give different UUIDs,
 * because scrambling is a bijection.
 */
export function seededUuid(seed: number, number: number): string {
  const key = scramble(seed | 0);
  const last = scramble(number ^ key);
  const hex = [1, 2, 3, 0]
    .map((position) => (position === 0 ? last : scramble(scramble(last + position) ^ key)))
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
