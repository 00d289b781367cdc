import type { Diagnosis } from '../../domain/diagnosis.ts';
import { diagnosisSections } from '../../domain/diagnosis.ts';
import type { CheckedClaim } from '../../domain/fact-check.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';

const styles = { confirmed: ['green', '✔'], contradicted: ['red', '✘'], 'not checkable': ['yellow', '?'] } as const;

/** How the claims of a diagnosis came out, one a line; then what is missing in it. */
export function checkedTable(
  { sections, uncited }: Diagnosis,
  claims: readonly CheckedClaim[],
  paint: Paint,
  width: number,
): string {
  const rows = claims.map(({ section, kind, source, quantity, verdict, why }) => {
    const [style, sign] = styles[verdict];
    const said = quantity === undefined ? '' : `${quantity.value} ${quantity.unit} `;
    return [paint(style, `${sign} ${verdict}`), section, oneLine(`${said}[${kind}:${source}]`), oneLine(why)];
  });
  const half = Math.max(24, Math.floor((width - 40) / 2));
  const table = textTable(
    [{ title: 'Verdict' }, { title: 'Section' }, { title: 'Said', max: half }, { title: 'The run', max: half }],
    rows,
  );
  const empty = diagnosisSections.filter(({ title }) => !sections.has(title)).map(({ title }) => title);
  return [
    ...(claims.length > 0 ? [table] : ['No claim has evidence yet.']),
    ...uncited.map(
      ({ section, sentence }) => `${paint('yellow', '!')} ${section}, without evidence: ${oneLine(sentence, 100)}`,
    ),
    ...(empty.length > 0 ? [`${paint('yellow', '!')} Still empty: ${empty.join(', ')}`] : []),
  ].join('\n');
}
