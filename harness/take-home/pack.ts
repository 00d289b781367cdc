import { randomUUID } from 'node:crypto';
import { usageError } from '../domain/errors.ts';
import type { Scenario } from '../domain/scenario.ts';
import { type TakeHome, variantFor } from '../domain/take-home.ts';
import { assertProvable } from '../run/assert-provable.ts';
import type { Review } from '../run/reviews.ts';
import type { Writing } from '../run/writings.ts';
import { handOutFiles } from './hand-out-files.ts';
import { secretsOfReview, secretsOfWriting } from './hand-out-secrets.ts';
import { instructions } from './instructions.ts';
import type { PackedFiles } from './packed-files.ts';
import { packedProject } from './packed-project.ts';
import { packedScenario } from './packed-scenario.ts';
import { playedCode } from './played-code.ts';
import { reviewHandOut } from './review-hand-out.ts';
import { findLeaks, type Leak, secretsOf } from './secrets.ts';
import { takeHomeFile } from './this-take-home.ts';
import { variantDigest } from './variant-digest.ts';
import { writeArchive } from './write-archive.ts';
import { writingHandOut } from './writing-hand-out.ts';

export interface PackOptions {
  /** One at least: what is not played needs no archive. */
  readonly scenarios: readonly Scenario[];
  /** Pull requests to review, in folders of their own. */
  readonly reviews?: readonly Review[];
  /** What is answered in writing, in folders of their own. */
  readonly writings?: readonly Writing[];
  /** All scenarios there are: those that are not packed are not named either. */
  readonly catalogue: readonly Scenario[];
  /** Who gets it, in letters, digits, dots, hyphens and underscores. */
  readonly candidate: string;
  readonly hours: number;
  /** Default `auto`: chosen by the candidate. */
  readonly variant?: string;
}

const candidateName = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** A take-home that is not written yet. */
export interface Assembled {
  readonly takeHome: TakeHome;
  /** For whoever packs: which variant of which scenario the candidate got. */
  readonly variants: readonly { readonly scenario: string; readonly variant: string }[];
  readonly files: PackedFiles;
}

/** Writes a take-home as an archive with one folder, `gameday-<candidate>`; returns what is in it. Throws what assembling it throws; then nothing is written. */
export async function pack({ file, ...options }: PackOptions & { readonly file: string }): Promise<Assembled> {
  const assembled = await assemble(options);
  await writeArchive(assembled.files, `gameday-${options.candidate}`, file);
  return assembled;
}

/**
 * A folder that is installed and played as this project is, with the app, what of the harness is needed to play, and of the scenarios what those who play are shown.
 * Throws `CANDIDATE_INVALID`, `NOTHING_TO_PLAY`, `VARIANT_UNKNOWN`, `SCENARIO_INVALID`, and `PACK_TELLS` when anything in it would tell what is wrong.
 */
export async function assemble(options: PackOptions): Promise<Assembled> {
  const { scenarios, reviews = [], writings = [], catalogue, candidate, hours } = options;
  if (!candidateName.test(candidate))
    throw usageError(
      'CANDIDATE_INVALID',
      `"${candidate}" can't be part of a file's name.`,
      'Use letters, digits, dots, hyphens and underscores, at most 64: --candidate 2026-041',
    );
  if (scenarios.length === 0)
    throw usageError(
      'NOTHING_TO_PLAY',
      'An archive holds at least one scenario, and none was named.',
      'Without one: gameday review <review> or gameday exercise <exercise> writes a folder to hand out.',
    );
  for (const scenario of scenarios) await assertProvable(scenario);
  const variants = scenarios.map((scenario) => ({ scenario: scenario.id, variant: chosenVariant(scenario, options) }));
  const canary = `gameday take-home ${randomUUID()}`;
  const handOuts = [...reviews.map(reviewHandOut), ...writings.map(writingHandOut)];
  const takeHome: TakeHome = {
    format: 1,
    candidate,
    hours,
    packedOn: new Date().toISOString().slice(0, 10),
    canary,
    exercises: variants.map(({ scenario, variant }) => ({ scenario, variant: variantDigest(canary, variant) })),
    handOuts: handOuts.map(({ id, answers }) => ({ id, answers })),
  };
  const code: PackedFiles = new Map([...(await packedProject()), ...(await playedCode())]);
  const shown = await Promise.all(
    scenarios.map((scenario, i) => packedScenario(scenario, variants[i]!.variant, takeHome)),
  );
  const files: PackedFiles = new Map([
    ...code,
    ...shown.flatMap((each) => [...each]),
    ...handOutFiles(handOuts),
    ['README.md', instructions(takeHome, scenarios, handOuts)],
    [takeHomeFile, `${JSON.stringify(takeHome, null, 2)}\n`],
  ]);
  const secrets = [
    ...(await secretsOf(scenarios, catalogue, [...code.values()])),
    ...reviews.flatMap(secretsOfReview),
    ...writings.flatMap(secretsOfWriting),
  ];
  assertTellsNothing(findLeaks(files, secrets));
  return { takeHome, variants, files };
}

const shownLeaks = 20;

function assertTellsNothing(leaks: readonly Leak[]): void {
  if (leaks.length === 0) return;
  const lines = leaks
    .slice(0, shownLeaks)
    .map(({ file, line, secret: { of, text } }) => `${file}:${line}: ${of}: "${text.trim().slice(0, 100)}"`);
  throw usageError(
    'PACK_TELLS',
    `The archive would tell what nobody who plays may read, in ${leaks.length} places:\n${lines.join('\n')}`,
    'Say it otherwise in what is shown, or in the folder that is not.',
  );
}

function chosenVariant({ id, variants }: Scenario, { candidate, variant = 'auto' }: PackOptions): string {
  if (variant === 'auto') return variantFor(candidate, id, variants);
  if (variants.includes(variant)) return variant;
  throw usageError('VARIANT_UNKNOWN', `${id} has no variant "${variant}".`, `Allowed: auto, ${variants.join(', ')}`);
}
