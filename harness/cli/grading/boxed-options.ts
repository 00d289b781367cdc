import type { GradeWishes, IsolationName } from './grade-wishes.ts';

/** What `gameday grade` is told that grades within an isolation. */
export function boxedOptions(
  isolation: IsolationName,
  { seed, allowInstruments }: GradeWishes & { readonly seed: number },
): readonly string[] {
  const options = ['--boxed', isolation, '--no-input', '--seed', String(seed)];
  return allowInstruments ? [...options, '--allow-instruments'] : options;
}
