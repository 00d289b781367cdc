// The process that outlives the harness. It reads one JSON order per line from its standard input and does nothing else
// until that pipe reaches its end, which the operating system brings about however the harness ends. Then it stops the
// process groups and removes the containers and directories that were registered and not released. Plain JavaScript: it starts fast.
import { rmSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeContainer } from './docker-engine.mjs';
import { startTimeOf } from './start-time.mjs';

const insistAfterMs = 200;
const killAfterMs = 1_500;
const goneWithinMs = 2_000;
const orderedWithinMs = 1_000;
/** @type {Map<number, string>} start time by pid */
const groups = new Map();
/** @type {Map<string, string>} address of the engine by container name */
const containers = new Map();
/** @type {Set<string>} */
const directories = new Set();

// A service manager or an impatient user may signal every process of ours at once; the work is still to be done then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  if (order.do === 'group') groups.set(order.pid, order.startTime);
  else if (order.do === 'container') containers.set(order.name, order.engine);
  else if (order.do === 'directory') directories.add(order.path);
  else if (order.do === 'release') {
    groups.delete(order.what);
    containers.delete(order.what);
    directories.delete(order.what);
  }
}
await Promise.all([stopGroups(), ...[...containers].map(([name, engine]) => takeDown(name, engine))]);
for (const path of directories) await remove(path);

async function stopGroups() {
  const isAlive = ([pid, startTime]) => startTimeOf(pid) === startTime;
  const ours = [...groups].filter(isAlive);
  let alive = ours.filter(([pid]) => signalGroup(pid, 'SIGTERM'));
  const startedAt = Date.now();
  let insisted = false;
  while (alive.length > 0 && Date.now() - startedAt < killAfterMs) {
    await sleep(20);
    // PostgreSQL takes SIGTERM as "once all clients have left" and SIGINT as "now, cleanly".
    const insist = !insisted && Date.now() - startedAt > insistAfterMs;
    insisted ||= insist;
    alive = alive.filter(([pid]) => signalGroup(pid, insist ? 'SIGINT' : 0));
  }
  // A group that was ours a moment ago still is, even without its leader: the kernel keeps the id while members live.
  for (const [pid] of alive) signalGroup(pid, 'SIGKILL');
  for (const deadline = Date.now() + goneWithinMs; ours.some(isAlive) && Date.now() < deadline; ) await sleep(20);
}

/** Whether the group exists, if only as unreaped remains: then it is waited for in vain, but not for long. */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

// The engine may only now be making what the harness ordered before it ended, so it is asked twice.
async function takeDown(name, engine) {
  for (const wait of [0, orderedWithinMs]) {
    await sleep(wait);
    await removeContainer(engine, name).catch(() => {});
  }
}

// Processes that were just killed may still write for a moment, so a directory can fill again while it is being emptied.
async function remove(path) {
  if (!isAbsolute(path) || dirname(dirname(path)) === dirname(path)) return;
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      rmSync(path, { recursive: true, force: true });
      return;
    } catch {
      await sleep(100);
    }
  }
}
