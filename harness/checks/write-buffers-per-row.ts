import type { PhaseName } from '../domain/evidence.ts';
import type { Check, Figure } from '../domain/verdict.ts';
import { defineCheck, inconclusive, nameOf, required, verdict } from './define-check.ts';

/** Statements that store, also behind a WITH. What triggers, foreign keys and indexes make of them is counted with them. */
const writing =
  /^(?:insert|update|delete|merge|copy|refresh)\b|^with\b.*\b(?:insert into|delete from|merge into|update \S+ set)\b/i;

/** Fewer rows than this say nothing: the first statements of a connection look at the catalogue, too. */
const enoughRows = 20;

/**
 * Storing does not get dearer: over a whole phase, all statements of the app that store look at no more than this many of PostgreSQL's buffers
 * (8 KiB pages) per row added to a table. What is stored along with such a row, in whatever table, is part of its price.
 * @param objective.table the table whose new rows are counted
 * @param objective.atMost pages per row
 * @param objective.usual pages per row of the app as handed out, if a repair has to keep near them: then it is the difference that is held against the bound
 */
export function writeBuffersPerRow(objective: {
  readonly table: string;
  readonly atMost: number;
  readonly usual?: number;
  readonly during?: PhaseName;
  readonly name?: string;
}): Check {
  const { table, atMost, usual, during = 'incident', name = nameOf('write-buffers-per-row', table) } = objective;
  const adding = new RegExp(`\\binsert\\s+into\\s+(?:"?\\w+"?\\.)?"?${table}"?(?!\\w)`, 'i');
  return defineCheck({
    name,
    claim: `storing a row in ${table}, with what belongs to it, looks at no more than ${atMost} database pages in the ${during} phase`,
    judge({ phases }) {
      const { statements } = required(phases[during].statements, 'SQL statements');
      const writes = statements.filter(({ query }) => writing.test(query));
      const rows = writes
        .filter(({ query }) => adding.test(query))
        .reduce((sum, statement) => sum + Math.max(statement.rows, statement.calls), 0);
      if (rows < enoughRows)
        inconclusive(
          `only ${rows} rows were stored in ${table} in the ${during} phase; at least ${enoughRows} are needed`,
        );
      const buffers = writes.reduce((sum, statement) => sum + statement.buffers, 0);
      const value = Math.round((buffers / rows) * 10) / 10;
      return verdict(
        value <= atMost,
        `${buffers} pages for ${rows} rows in ${table}: ${value} each; the bound is ${atMost}`,
        [figure(value, atMost, usual)],
      );
    },
  });
}

function figure(value: number, atMost: number, usual: number | undefined): Figure {
  if (usual === undefined) return { label: 'pages per row', value, bound: atMost, unit: 'pages' };
  const more = Math.max(0, Math.round((value - usual) * 10) / 10);
  return { label: `pages per row above the usual ${usual}`, value: more, bound: atMost - usual, unit: 'pages' };
}
