import type { MachineReading, Reading } from './evidence.ts';

/** Less than this on average is what every machine does in the background. */
export const noticeableCores = 0.25;

/** With less than this share idle, somebody had to wait for a processor. */
const spareShare = 0.1;

/** Other programs took so much of a machine that had nothing left that what was slow may have been slow because of them. */
export interface Contention {
  /** Processors that others took on average, and how many there are. */
  readonly foreignCores: number;
  readonly cores: number;
  /** The part of `foreignCores` that the host of this virtual machine gave to others. */
  readonly stolenCores: number;
  /** Of all processors, 0 to 1. */
  readonly idleShare: number;
}

/** Whether others contended for the machine in a phase. A phase in which that was not measured counts as undisturbed. */
export function contentionOf(reading: Reading<MachineReading> | undefined): Contention | undefined {
  if (!reading?.ok) return undefined;
  const { cores, capacitySeconds, idleSeconds, stolenSeconds } = reading.value;
  const foreignCores = foreignCoresOf(reading.value);
  const idleShare = idleSeconds / capacitySeconds;
  if (foreignCores < noticeableCores || idleShare >= spareShare) return undefined;
  return { foreignCores, cores, stolenCores: (stolenSeconds / capacitySeconds) * cores, idleShare };
}

/** Processors that others took on average; 0 when no time passed. */
export function foreignCoresOf({ cores, capacitySeconds, foreignSeconds }: MachineReading): number {
  return capacitySeconds > 0 ? (foreignSeconds / capacitySeconds) * cores : 0;
}

/** In words: `other programs took 0.9 of 2 cores and the machine had nothing left`. */
export function describeContention({ foreignCores, stolenCores, cores }: Contention): string {
  const stolen = stolenCores < 0.05 ? '' : ` (${stolenCores.toFixed(1)} of it outside this virtual machine)`;
  return `other programs took ${foreignCores.toFixed(1)} of ${cores} cores${stolen} and the machine had nothing left`;
}
