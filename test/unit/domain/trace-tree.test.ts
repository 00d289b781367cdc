import { describe, expect, it } from 'vitest';
import { type FoldedSpan, foldTrace } from '../../../harness/domain/trace-tree.ts';
import { span } from '../../support/spans.ts';

const call = (id: string, parent: string, text: string, startMs: number) =>
  span({
    id,
    parent,
    name: 'pg.query:SELECT',
    kind: 'client',
    startMs,
    attributes: { 'db.system.name': 'postgresql', 'db.query.text': text },
  });
const root = span({ id: 'root', name: 'GET /v1/accounts', kind: 'server', startMs: 0 });

/** `name ×n [children]`, statements instead of names where there are some. */
const drawn = (nodes: readonly FoldedSpan[]): string =>
  nodes
    .map(({ spans, children }) => {
      const what = spans[0]!.attributes['db.query.text'] ?? spans[0]!.name;
      const below = children.length > 0 ? ` [${drawn(children)}]` : '';
      return `${what} ×${spans.length}${below}`;
    })
    .join(', ');

describe('a folded trace', () => {
  it('has each repeated call once, however the calls alternate, in order of the first', () => {
    const spans = [1, 2, 3].flatMap((n) => [
      call(`a${n}`, 'root', 'SELECT a', n * 10),
      call(`b${n}`, 'root', 'SELECT b', n * 10 + 5),
    ]);
    expect(drawn(foldTrace({ spans: [...spans.reverse(), root] }))).toBe(
      'GET /v1/accounts ×1 [SELECT a ×3, SELECT b ×3]',
    );
  });

  it('takes statements for the same whatever their white space, but not calls of other parents or processes', () => {
    const handler = span({ id: 'handler', parent: 'root', name: 'handler', startMs: 1 });
    const spans = [
      root,
      handler,
      call('1', 'root', 'SELECT a\n  FROM b', 20),
      call('2', 'root', 'SELECT a FROM b', 30),
      call('3', 'handler', 'SELECT a FROM b', 40),
      { ...call('4', 'root', 'SELECT a FROM b', 50), process: 'worker-1' },
    ];
    const [{ children }] = foldTrace({ spans }) as [FoldedSpan];
    expect(children.map((node) => node.spans.map(({ id }) => id))).toEqual([['handler'], ['1', '2'], ['4']]);
  });

  it('tells two attempts of a job apart, and folds below repeated calls', () => {
    const attempts = [1, 2].map((n) =>
      span({ id: `job${n}`, parent: 'root', name: 'process orders', kind: 'consumer', startMs: n }),
    );
    const calls = [3, 4].map((n) => span({ id: `c${n}`, parent: 'job1', name: 'POST', kind: 'client', startMs: n }));
    const below = [3, 4].map((n) => call(`s${n}`, `c${n}`, 'SELECT a', n));
    expect(drawn(foldTrace({ spans: [root, ...attempts, ...calls, ...below] }))).toBe(
      'GET /v1/accounts ×1 [process orders ×1 [POST ×2 [SELECT a ×2]], process orders ×1]',
    );
  });

  it('shows spans whose parent has not arrived', () => {
    expect(drawn(foldTrace({ spans: [call('1', 'lost', 'SELECT a', 5)] }))).toBe('SELECT a ×1');
  });
});
