import { z } from 'zod';
import { badRequest } from './errors.ts';

export const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

const idParams = z.object({ id });

const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: id.optional(),
});

const searchQuery = z.object({ q: z.string().trim().min(2).max(200) });

export interface PageRequest {
  limit: number;
  after?: number | undefined;
}

export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.');
  throw badRequest(where ? `${where}: ${issue?.message}` : (issue?.message ?? 'Invalid request'));
}

export const parseId = (params: unknown): number => parse(idParams, params).id;

export const parsePage = (query: unknown): PageRequest => parse(pageQuery, query);

/** The words of a search, `?q=`. */
export const parseSearch = (query: unknown): string[] => parse(searchQuery, query).q.split(/\s+/);
