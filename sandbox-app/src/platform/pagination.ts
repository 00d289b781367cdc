import type { PageRequest } from './validation.ts';

export interface Page<Item> {
  data: Item[];
  nextCursor: number | null;
}

/** Wraps the rows of one page; the cursor is the id to continue after, null when this was the last page. */
export function toPage<Item extends { id: number }>(rows: Item[], page: PageRequest): Page<Item> {
  const last = rows.length === page.limit ? rows.at(-1) : undefined;
  return { data: rows, nextCursor: last?.id ?? null };
}
