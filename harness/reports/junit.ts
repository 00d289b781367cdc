import type { ProofArm, ProofResult } from '../domain/proof.ts';
import { escapeXml } from './escape-xml.ts';
import { formatFigure } from './format.ts';

/**
 * Proofs as JUnit XML for CI: a suite per scenario, a case per arm. An arm that came out as expected passes even when its own outcome is
 * `fail` (the flawed app should fail); an unexpected inconclusive one is an error, any other unexpected one a failure. One for which there was no time is skipped.
 */
export function renderJUnit(proofs: readonly ProofResult[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gameday prove" ${counts(proofs)}>`,
    ...proofs.flatMap((proof) => [
      `  <testsuite name="${escapeXml(proof.scenario)}" ${counts([proof])}>`,
      ...proof.arms.flatMap((arm) => testCase(proof.scenario, arm)),
      ...skipped(proof),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(proofs: readonly ProofResult[]): string {
  const arms = proofs.flatMap((proof) => proof.arms);
  const left = proofs.flatMap(({ leftOut = [] }) => leftOut).length;
  const seconds = arms.reduce((sum, arm) => sum + arm.seconds, 0);
  const errors = arms.filter(isError).length;
  const failures = arms.filter((arm) => !arm.ok).length - errors;
  return `tests="${arms.length + left}" failures="${failures}" errors="${errors}"${left === 0 ? '' : ` skipped="${left}"`} time="${seconds.toFixed(3)}"`;
}

const isError = (arm: ProofArm) => !arm.ok && arm.outcome === 'inconclusive';

function testCase(scenario: string, arm: ProofArm): readonly string[] {
  const open = `    <testcase ${nameOf(scenario, arm)} time="${arm.seconds.toFixed(3)}"`;
  if (arm.ok) return [`${open}/>`];
  const tag = isError(arm) ? 'error' : 'failure';
  return [
    `${open}>`,
    `      <${tag} message="${escapeXml(unexpected(arm))}">${escapeXml(arm.results.map(resultLine).join('\n'))}</${tag}>`,
    '    </testcase>',
  ];
}

function nameOf(scenario: string, { variant, kind, arm }: Pick<ProofArm, 'variant' | 'kind' | 'arm'>): string {
  return `classname="${escapeXml(`${scenario}.${variant}`)}" name="${escapeXml(`${kind}: ${arm}`)}"`;
}

function skipped({ scenario, leftOut = [] }: ProofResult): readonly string[] {
  return leftOut.map((arm) => `    <testcase ${nameOf(scenario, arm)}><skipped message="no time"/></testcase>`);
}

/** What came out, and what should have. */
export function unexpected(arm: ProofArm): string {
  const by = arm.caughtBy === undefined ? '' : ` by ${arm.caughtBy}`;
  return `expected ${arm.expected}${by}, came out ${arm.outcome}`;
}

function resultLine(result: ProofArm['results'][number]): string {
  const figures = result.figures.map(formatFigure).join(', ');
  return `${result.outcome} ${result.check}: ${result.summary}${figures === '' ? '' : ` [${figures}]`}`;
}
