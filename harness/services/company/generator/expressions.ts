/**
 * Building blocks of the generator's SQL. Everything random-looking is a hash of a row's own number, so a row is the same
 * whatever session writes it, in whatever order, on whatever day.
 */

/** The instant at which the seeded company's history ends, whenever it is built. Its history is 24 months long. */
export const historyEndsAt = new Date('2026-10-01T00:00:00Z');
const historyDays = 730;
const historyStartsAt = historyEndsAt.getTime() / 1_000 - historyDays * 86_400;
/** Kept free at the end, so that what follows an order (its payment, its shipment) still lies within the history. */
const spareSeconds = 2 * 86_400;

/** Sixty-four well mixed bits that depend on `key` (a bigint expression) and `salt` only. */
export function hash(key: string, salt: number): string {
  return `hashint8extended(${key}, ${salt})`;
}

/** An integer from 0 to 2^width - 1 out of the bits of `hashed` that start at `from`. */
export function bits(hashed: string, from: number, width: number): string {
  return `(${from === 0 ? hashed : `${hashed} >> ${from}`} & ${2 ** width - 1})`;
}

/** A text out of `words`, chosen by an integer expression. */
export function oneOf(words: readonly string[], index: string): string {
  return `(${textArray(words)})[1 + ${index} % ${words.length}]`;
}

function textArray(words: readonly string[]): string {
  return `ARRAY[${words.map(textLiteral).join(',')}]`;
}

/**
 * An integer from 1 to `size`, small ones far more often: the cube of a uniform number, so the most frequent of 2,000
 * comes up in 8 % of all cases and half of all fall on the first eighth.
 * `uniform`: an expression of 20 bits, evaluated three times, so pass something cheap.
 */
export function skewed(uniform: string, size: number): string {
  return `(1 + ((${uniform} * ${uniform} * ${uniform} >> 40) * ${size} >> 20))`;
}

/** Seconds since 1970 at which the `index`-th of `count` rows happened: evenly spread over the history, each up to 2^`width` seconds late. */
export function happenedAt(index: string, count: number, hashed: string, from: number, width: number): string {
  const span = historyDays * 86_400 - spareSeconds - 2 ** width;
  return `(${historyStartsAt} + (${index} - 1) * ${span} / ${count} + ${bits(hashed, from, width)})`;
}

/** A `timestamptz` from seconds since 1970. */
export function instant(seconds: string): string {
  return `to_timestamp(${seconds})`;
}

/** The rows 1 to `count` as column `i`. In the select list a series streams; in FROM it would be written out first. */
export function series(count: number): string {
  return `(SELECT generate_series(1, ${count}::bigint) AS i)`;
}

/** How many rows the rows before this one turn into, when each turns into `count` of them: cheaper than numbering them afterwards. */
export function countedBefore(count: string): string {
  return `sum(${count}) OVER (ROWS UNBOUNDED PRECEDING) - ${count}`;
}

function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
