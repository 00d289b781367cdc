import type { Scorecard } from '../domain/scorecard.ts';
import { escapeXml } from './escape-xml.ts';
import { formatFigure } from './format.ts';

/**
 * A graded submission as JUnit XML: a case for each check of the candidate's version. What could not be told is an error; a submission that was not played is one case.
 */
export function renderGradedJUnit({ candidate, scenario, variant, grade, reasons, arms }: Scorecard): string {
  const results = arms.find(({ arm }) => arm === 'candidate')?.results ?? [];
  const classname = escapeXml(`${scenario}.${variant}`);
  const why = escapeXml(reasons.join('\n') || grade);
  const whole =
    grade === 'refused' || grade === 'inconclusive'
      ? [
          `    <testcase classname="${classname}" name="submission"><error message="${escapeXml(grade)}">${why}</error></testcase>`,
        ]
      : [];
  const cases = results.map(({ check, outcome, summary, figures }) => {
    const open = `    <testcase classname="${classname}" name="${escapeXml(check)}"`;
    if (outcome === 'pass') return `${open}/>`;
    const tag = outcome === 'fail' ? 'failure' : 'error';
    return `${open}><${tag} message="${escapeXml(summary)}">${escapeXml(figures.map(formatFigure).join(', '))}</${tag}></testcase>`;
  });
  const failures = results.filter(({ outcome }) => outcome === 'fail').length;
  const errors = results.filter(({ outcome }) => outcome === 'inconclusive').length + whole.length;
  const counts = `tests="${results.length + whole.length}" failures="${failures}" errors="${errors}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gameday grade" ${counts}>`,
    `  <testsuite name="${escapeXml(candidate)}" ${counts}>`,
    ...whole,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
