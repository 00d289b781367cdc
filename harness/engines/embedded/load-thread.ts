import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { startLoadLoop } from './load-loop.ts';
import type { LoadCommand, LoadEvent, LoadThreadData } from './messages.ts';
import { warmUp } from './warm-up.ts';

const { plan, target, spacing } = workerData as LoadThreadData;
const port = parentPort!;
const say = (event: LoadEvent) => port.postMessage(event);

await warmUp(plan);
say({ type: 'done', at: Date.now() });
const [{ ratePerSecond }] = (await once(port, 'message')) as [Extract<LoadCommand, { type: 'start' }>];
const loop = await startLoadLoop({
  plan,
  ratePerSecond,
  target: new URL(target),
  spacing,
  onSample: (sample) => say({ type: 'sample', sample }),
});

port.on('message', async (command: Exclude<LoadCommand, { type: 'start' }>) => {
  if (command.type === 'shape') loop.shape(command.stages);
  else if (command.type === 'mark') say({ type: 'done', at: await loop.mark() });
  else {
    await loop.stop(command.waitMs);
    say({ type: 'stopped' });
    port.close();
  }
});
say({ type: 'done', at: Date.now() });
