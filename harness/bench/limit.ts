import { median } from '../domain/median.ts';
import { formatNumber } from '../reports/format.ts';
import type { Comparison, Measurement } from './bench.ts';
import { spread } from './spread.ts';

/** What a figure has to keep to. */
export interface Limit {
  readonly words: string;
  meets(value: number): boolean;
}

export const atLeast = (limit: number, unit: string): Limit => ({
  words: `≥ ${formatNumber(limit)} ${unit}`.trim(),
  meets: (value) => value >= limit,
});

export const atMost = (limit: number, unit: string): Limit => ({
  words: `≤ ${formatNumber(limit)} ${unit}`.trim(),
  meets: (value) => value <= limit,
});

/** A figure as several rounds have it. */
interface Rounds {
  readonly figure: string;
  readonly unit: string;
  readonly ours: readonly number[];
  readonly note?: string | undefined;
}

/** The same rounds of another program, or why there are none. */
export interface Theirs {
  readonly to: string;
  readonly rounds: readonly number[] | { readonly missing: string };
}

/** Holds the median of the rounds against a limit. Another program, where there is one, is only shown beside it. */
export function absolute({ figure, unit, ours, note }: Rounds, limit: Limit, theirs?: Theirs): Measurement {
  const compared = theirs && compare(ours, theirs);
  const ok = limit.meets(median(ours));
  return {
    ...{ figure, unit, ok, target: limit.words, measured: median(ours) },
    spread: ours.length > 1 ? spread(ours) : undefined,
    note,
    ...(compared && !('missing' in compared) && { comparison: compared }),
    inconclusive: ok ? undefined : disagreement(ours, limit),
  };
}

/** Holds ours as a multiple of theirs, both measured in the same rounds, against a limit: the median of the ratios. */
export function relative({ figure, unit, ours, note }: Rounds, limit: Limit, theirs: Theirs): Measurement {
  const target = `${limit.words} ${theirs.to}`;
  const own = { figure, unit, note, target, measured: median(ours), spread: spread(ours) };
  const compared = compare(ours, theirs);
  if ('missing' in compared) return { ...own, ok: false, inconclusive: compared.missing };
  const ok = limit.meets(compared.ratio);
  return {
    ...own,
    ok,
    comparison: compared,
    inconclusive: ok ? undefined : disagreement(ratios(ours, theirs.rounds as readonly number[]), limit),
  };
}

function compare(ours: readonly number[], { to, rounds }: Theirs): Comparison | { readonly missing: string } {
  if ('missing' in rounds) return rounds;
  const each = ratios(ours, rounds);
  return { to, measured: median(rounds), ratio: median(each), spread: spread(each) };
}

const ratios = (ours: readonly number[], theirs: readonly number[]) => ours.map((our, round) => our / theirs[round]!);

/** A miss that is not seen in so many of the rounds may be noise. */
const AGREED_SHARE = 0.75;

/** Why a miss is not certain, if it is not. */
function disagreement(rounds: readonly number[], limit: Limit): string | undefined {
  const met = rounds.filter((round) => limit.meets(round)).length;
  if (met <= rounds.length * (1 - AGREED_SHARE)) return undefined;
  return `the rounds do not agree: in ${met} of ${rounds.length} the target is met`;
}
