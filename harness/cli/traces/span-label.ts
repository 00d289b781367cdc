import { type Span, statementOf } from '../../domain/trace.ts';
import { oneLine } from '../../reports/plain-text.ts';

/** What a span did, in a few words: `SELECT … FROM users WHERE id = $1`, `get profile:7`, `POST /v1/messages`, or its name. */
export function spanLabel(span: Span): string {
  const statement = statementOf(span);
  if (statement !== undefined) return oneLine(withoutColumns(statement));
  const { 'db.query.text': command, 'url.full': url } = span.attributes;
  if (typeof command === 'string') return oneLine(command);
  if (typeof url === 'string') return oneLine(`${span.name} ${url.replace(/^https?:\/\/[^/]*/, '')}`);
  return oneLine(span.name);
}

/** The list between a statement's own SELECT and FROM tells little and takes the whole line. A FROM within brackets belongs to something else. */
function withoutColumns(statement: string): string {
  const list = /^SELECT (?:DISTINCT )?/i.exec(statement)?.[0];
  if (list === undefined) return statement;
  let depth = 0;
  for (let at = list.length; at < statement.length; at++) {
    if (statement[at] === '(') depth += 1;
    if (statement[at] === ')') depth -= 1;
    if (depth === 0 && /^ FROM /i.test(statement.slice(at, at + 6))) return `${list}…${statement.slice(at)}`;
  }
  return statement;
}
