import type { ServiceSource } from '../domain/service.ts';

/** What to do when no provider of a source can serve: for one that was asked for, the nearest thing is not to ask for it. `hint`: for a machine that has none. */
export function hintFor(source: ServiceSource, hint: string): string {
  return source === 'auto'
    ? hint
    : `Repair what is said above, or leave out \`--services ${source}\` to try everything else, too.`;
}
