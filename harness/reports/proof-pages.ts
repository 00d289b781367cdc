import { type KeptProof, secondsPerRound } from '../domain/kept-proof.ts';
import type { Scenario } from '../domain/scenario.ts';
import { factorOf } from '../domain/separation.ts';
import { formatFactor, formatNumber } from './format.ts';
import { document, inline, table } from './markdown.ts';

const source = 'Written by `npm run prove -- --write`; not to be edited.';

/** A scenario and its last proof, if it has one. */
export interface Proven {
  readonly scenario: Scenario;
  readonly proof: KeptProof | undefined;
}

/** The catalogue for authors: level, time, skills, the failure behind each scenario, and when it was last proven. */
export function renderCatalogue(catalogue: readonly Proven[]): string {
  const rows = catalogue.map(({ scenario: { id, definition, variants }, proof }) => [
    `[${id}](${id}/)`,
    definition.level,
    `${definition.minutes}`,
    inline(definition.skills.join(', ')),
    inline(definition.failure),
    variants.map((name) => `\`${name}\``).join(', '),
    proof === undefined ? 'not yet' : `${proof.provenOn}${proof.rounds > 1 ? `, ${proof.rounds} rounds` : ''}`,
  ]);
  return document(
    '# The catalogue',
    `For authors and facilitators; whoever plays should not read on. What the proofs measured is in [PROOFS.md](PROOFS.md). ${source}`,
    table(['Scenario', 'Level', 'Minutes', 'Skills', 'The failure behind it', 'Variants', 'Proven'], rows),
  );
}

/** What separates every failing arm of the proofs from the solution. */
export function renderProofs(catalogue: readonly Proven[]): string {
  return document(
    '# Proofs',
    `What separated the arms that have to fail from the solution. The factor is how many times apart the two figures are; ∞ when one is nothing. ${source}`,
    ...catalogue.flatMap(({ scenario, proof }) =>
      proof === undefined ? [] : [`## ${scenario.id}`, circumstances(proof), separations(proof)],
    ),
  );
}

function circumstances(proof: KeptProof): string {
  const { arms, provenOn, machine, rounds, atATime } = proof;
  const passed = arms.filter(({ kind }) => kind !== 'flawed' && kind !== 'decoy').map(({ arm }) => arm);
  const played = [
    `${arms.length} arms in ${secondsPerRound(proof)} s`,
    ...(atATime === undefined ? [] : [`${atATime} at a time`]),
    ...(rounds === 1 ? [] : [`${rounds} rounds that agree`]),
  ];
  return `${provenOn}, ${inline(machine)}: ${played.join(', ')}. Passed: ${[...new Set(passed)].join(', ')}.`;
}

function separations({ separations }: KeptProof): string {
  const rows = separations.map((separation) => {
    const { variant, arm, check, label, unit, bound, failing, solved } = separation;
    const figure = inline(`${label}${unit === '' ? '' : ` (${unit})`}`);
    const figures = [failing, bound, solved].map(formatNumber);
    return [variant, arm, check, figure, ...figures, formatFactor(factorOf(separation))];
  });
  return table(['Variant', 'Arm', 'Check', 'Figure', 'Fails with', 'Bound', 'Solved', 'Apart'], rows);
}
