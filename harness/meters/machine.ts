import { environmentError } from '../domain/errors.ts';
import type { MachineReading } from '../domain/evidence.ts';
import type { Meter } from '../domain/meter.ts';
import { watchMachine } from './machine-watch.ts';
import { sampleEvery } from './sampling.ts';

const everyMs = 500;

/**
 * How much of the whole machine the game day used and how much other programs did, looked at every 500 ms and at every cut. Absent when a service is
 * not a process of ours: its work could not be told from that of other programs.
 */
export const machineMeter: Meter<MachineReading> = {
  name: 'machine',
  async start({ postgres, redis }) {
    for (const [name, { pid }] of Object.entries({ PostgreSQL: postgres, Redis: redis })) {
      if (pid === undefined) {
        throw environmentError(
          'METER_DEAD',
          `${name} is not a process of ours, so what it uses can't be told from what other programs use`,
        );
      }
    }
    const watch = watchMachine();
    const sampling = sampleEvery(everyMs, async () => watch.look());
    return { cut: async () => watch.cut(), stop: sampling.stop };
  },
};
