import { type GradedWriting, type WritingDefinition, writingInShort } from '../../domain/writing.ts';
import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';

/** Which points an answer makes and which not, its red flags, and what people still have to judge. */
export function describeGradedWriting(
  { dimensions, builtIn }: WritingDefinition,
  graded: GradedWriting,
  paint: Paint,
  width: number,
): string {
  const { said, unsaid, redFlags, empty, reach } = graded;
  const half = Math.max(24, Math.floor((width - 34) / 2));
  const points = textTable(
    [{ title: '' }, { title: 'Point' }, { title: 'It means', max: half }, { title: 'Said', max: half }],
    [
      ...said.map(({ point, where }) => [paint('green', '✔'), point.name, point.means, oneLine(where, 160)]),
      ...unsaid.map(({ name, means, depth }) => [paint(depth === 'adequate' ? 'red' : 'yellow', '✘'), name, means, '']),
    ],
  );
  return [
    reach === 'strong' ? paint('green', writingInShort(graded)) : writingInShort(graded),
    points,
    ...redFlags.map(({ flag, where }) => `${paint('red', '⚑')} ${flag.name}: ${flag.means} (“${oneLine(where, 100)}”)`),
    ...(empty.length > 0 ? [`${paint('yellow', '!')} Empty: ${empty.join(', ')}`] : []),
    `For people, 1 to 5: ${dimensions.map(({ name }) => name).join(', ')}. Points are found by their words; whether they are understood is yours to judge.`,
    ...(builtIn ? [`Built, it is measured: gameday pack ${builtIn} --candidate <id>`] : []),
  ].join('\n');
}
