import type { Sandbox } from '../domain/sandbox.ts';

/** Something that tells what it reads of a sandbox until it is stopped. */
interface Source {
  stop(): Promise<void>;
}

/**
 * One source per sandbox for all that follow it: it starts with the first and stops with the last, and what it costs the sandbox, it costs once.
 * Each follower gets the source, whose `stop` ends the following.
 */
export function sharedSource<Sample, Followed extends Source>(
  start: (sandbox: Sandbox, tell: (sample: Sample) => void) => Followed,
): (sandbox: Sandbox, listener: (sample: Sample) => void) => Followed {
  const running = new WeakMap<
    Sandbox,
    { readonly source: Followed; readonly listeners: Set<(sample: Sample) => void> }
  >();

  function startSource(sandbox: Sandbox) {
    const listeners = new Set<(sample: Sample) => void>();
    const tell = (sample: Sample) => {
      for (const listener of listeners) listener(sample);
    };
    const shared = { source: start(sandbox, tell), listeners };
    running.set(sandbox, shared);
    return shared;
  }

  return (sandbox, listener) => {
    const shared = running.get(sandbox) ?? startSource(sandbox);
    shared.listeners.add(listener);
    return {
      ...shared.source,
      async stop() {
        shared.listeners.delete(listener);
        if (shared.listeners.size > 0 || running.get(sandbox) !== shared) return;
        running.delete(sandbox);
        await shared.source.stop();
      },
    };
  };
}
