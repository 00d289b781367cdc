import { usageError } from '../../domain/errors.ts';
import type { DeployResult, GameDay, Judgement, QueryResult } from '../../domain/game-day.ts';

type Body = Readonly<Record<string, unknown>>;

/** What each action answers; the client's types come from here. */
export interface ActionResults {
  readonly deploy: DeployResult;
  readonly hint: { readonly number: number; readonly cost: number; readonly text: string };
  readonly note: Record<string, never>;
  readonly sql: QueryResult;
  readonly explain: { readonly plan: string };
  readonly submit: Judgement;
  readonly end: Record<string, never>;
}

export type ActionName = keyof ActionResults;

/** What `POST /v1/<name>` does with its body. */
export const actions: {
  readonly [Name in ActionName]: (gameDay: GameDay, body: Body) => Promise<ActionResults[Name]>;
} = {
  deploy: (gameDay) => gameDay.deploy(),
  hint: (gameDay) => gameDay.hint(),
  note: async (gameDay, body) => {
    await gameDay.note(text(body, 'text'));
    return {};
  },
  sql: (gameDay, body) => gameDay.sql(text(body, 'statement')),
  explain: (gameDay, body) => gameDay.explain(text(body, 'statement')),
  submit: (gameDay) => gameDay.submit(),
  end: async (gameDay) => {
    await gameDay.end('ended by the participant');
    return {};
  },
};

function text(body: Body, field: string): string {
  const value = body[field];
  if (typeof value !== 'string' || value.trim() === '')
    throw usageError('FIELD_MISSING', `"${field}" must be a text that is not empty.`);
  return value;
}
