import type { ProofResult } from '../../domain/proof.ts';
import { runGameday } from '../gameday-process.ts';
import type { ProofPart } from './proof-parts.ts';

/**
 * Plays parts of proofs beside each other, each in a process of its own, so that the load of one does not wait for the event loop of another. Yields what came of each as it is
 * there.
 * @param jobs how many at a time
 * @param optionsFor options of `gameday prove` for a part, but for its variants and arms
 * @param onLine gets what they say meanwhile
 * @throws environmentError `PROOF_ENDED` when one ends without a proof; `signal.reason` on abort. Whatever it throws, and when no more is wanted of it, none is left running
 */
export async function* proveBeside(
  parts: readonly ProofPart[],
  jobs: number,
  optionsFor: (part: ProofPart) => readonly string[],
  onLine: (id: string, line: string) => void,
  signal: AbortSignal,
): AsyncGenerator<ProofResult> {
  const waiting = [...parts];
  const given = new AbortController();
  const stop = AbortSignal.any([signal, given.signal]);
  const playing = new Map<ProofPart, Promise<{ readonly part: ProofPart; readonly proof: ProofResult }>>();
  const playNext = () => {
    const part = waiting.shift();
    if (part === undefined) return;
    const play = proveInProcess(part, optionsFor(part), onLine, stop).then((proof) => ({ part, proof }));
    // It may fail while whoever asked is at work on another.
    play.catch(() => {});
    playing.set(part, play);
  };
  try {
    for (let job = 0; job < jobs; job++) playNext();
    while (playing.size > 0) {
      const { part, proof } = await Promise.race(playing.values());
      playing.delete(part);
      playNext();
      yield proof;
    }
  } finally {
    given.abort();
    await Promise.allSettled(playing.values());
  }
}

const each = (option: string, values: readonly string[]) => values.flatMap((value) => [option, value]);

function proveInProcess(
  { scenario: id, variants, arms = [] }: ProofPart,
  options: readonly string[],
  onLine: (id: string, line: string) => void,
  signal: AbortSignal,
): Promise<ProofResult> {
  const proof = {
    name: `the proof of ${id}`,
    args: ['prove', id, ...options, ...each('--variant', variants), ...each('--arm', arms)],
    env: Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    failure: { code: 'PROOF_ENDED', hint: `gameday prove ${id}` },
    onLine: (line: string) => onLine(id, line),
  };
  return runGameday(proof, signal);
}
