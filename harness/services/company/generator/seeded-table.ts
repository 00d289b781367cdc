import type { CompanyCounts } from '../../../domain/company.ts';

/** How the rows of one table come about. */
export interface SeededTable {
  readonly name: string;
  /** Tables whose rows it reads, or indexes through which it reads them. */
  readonly after: readonly string[];
  /** How long it takes beside the others, indexes included; for progress. */
  readonly cost: number;
  /** The columns it fills, in the order of the query; the rest get their defaults. */
  readonly columns: readonly string[];
  /** The query that makes the rows, deterministic in content and in order. */
  rows(counts: CompanyCounts): string;
}

/** The account with more than half of all orders. */
export const largestAccount = 2;
/** The company's own people: the first users, all in account 1. */
export const staffUsers = 20;
