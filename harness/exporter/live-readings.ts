import type { ActivityReading, StatementsReading, TableFigures } from '../domain/evidence.ts';

/** What the meters that run beside a live incident read in the last second; a dead one is absent. */
export interface LiveReadings {
  readonly statements?: StatementsReading;
  readonly tables?: readonly TableFigures[];
  readonly activity?: ActivityReading;
}
