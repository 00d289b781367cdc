import { fork } from 'node:child_process';
import { once } from 'node:events';

/** The static server, started. */
export interface StaticTarget {
  readonly port: number;
  readonly url: URL;
  /** Holds all answers for about `ms`, and resolves with how many milliseconds it really was. */
  stall(ms: number): Promise<number>;
  /** How many requests it has answered since its start. */
  answered(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts static-server.mjs. It ends by itself when this process does. */
export async function startStaticTarget(): Promise<StaticTarget> {
  const child = fork(new URL('./static-server.mjs', import.meta.url), { execArgv: [] });
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
  return {
    port,
    url: new URL(`http://127.0.0.1:${port}`),
    stall: async (ms) => {
      child.send({ stallMs: ms });
      const [{ stalledMs }] = (await once(child, 'message')) as [{ readonly stalledMs: number }];
      return stalledMs;
    },
    answered: async () => {
      child.send({ count: true });
      const [{ answered }] = (await once(child, 'message')) as [{ readonly answered: number }];
      return answered;
    },
    stop: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
