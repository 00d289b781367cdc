import { InvalidArgumentError, Option } from 'commander';

/** Parsers for commander's options: the value, or a sentence that says what is allowed. */

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0 || text.trim() === '')
    throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

export function choice<T extends string>(allowed: readonly T[]): (text: string) => T {
  return (text) => {
    const found = allowed.find((value) => value === text);
    if (found === undefined) throw new InvalidArgumentError(`It must be one of ${allowed.join(', ')}.`);
    return found;
  };
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds out of `90s`, `30m`, `12h`, `7d`. */
export function duration(text: string): number {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined)
    throw new InvalidArgumentError('It must be like 90s, 30m, 12h or 7d.');
  return Number(amount) * unitMs[unit as keyof typeof unitMs];
}

/** For options that may be given several times. */
export function collect(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

/** An option that takes one of a few words, which its help names. */
export function oneOf(flags: string, about: string, allowed: readonly string[]): Option {
  return new Option(flags, `${about}: ${allowed.join(', ')}`).argParser(choice(allowed));
}
