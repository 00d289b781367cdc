import type { Check } from '../domain/verdict.ts';
import { surveyedWork, type WorkObjective } from './surveyed-work.ts';

/** A request, sent alone with warm caches, looks at no more than this many of PostgreSQL's buffers (8 KiB pages). */
export function buffersPerCall(objective: WorkObjective): Check {
  const claim = (atMost: number) => `reads at most ${atMost} database pages`;
  return surveyedWork({ check: 'buffers-per-call', figure: 'buffers', unit: 'pages', claim }, objective);
}
