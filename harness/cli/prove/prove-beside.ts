import type { ProofResult } from '../../domain/proof.ts';
import { runGameday } from '../gameday-process.ts';
import type { ProofPart } from './proof-parts.ts';

/**
 * Plays parts of proofs beside each other, each in a process of its own, so that the load of one does not wait for the event loop of another. The results come in the
 * order of `parts`.
 * @param jobs how many at a time
 * @param options of `gameday prove` but for variants and arms, passed on to each
 * @param onLine gets what they say meanwhile
 * @throws environmentError `PROOF_ENDED` when one ends without a proof; `signal.reason` on abort. Whatever it throws, none is left running
 */
export async function proveBeside(
  parts: readonly ProofPart[],
  jobs: number,
  options: readonly string[],
  onLine: (id: string, line: string) => void,
  signal: AbortSignal,
): Promise<readonly ProofResult[]> {
  const proofs = new Map<ProofPart, ProofResult>();
  const waiting = [...parts];
  const given = new AbortController();
  const stop = AbortSignal.any([signal, given.signal]);
  const work = async () => {
    for (let part = waiting.shift(); part !== undefined && !stop.aborted; part = waiting.shift())
      proofs.set(part, await proveInProcess(part, options, onLine, stop));
  };
  const workers = Array.from({ length: jobs }, work);
  try {
    await Promise.all(workers);
  } finally {
    given.abort();
    await Promise.allSettled(workers);
  }
  signal.throwIfAborted();
  return parts.map((part) => proofs.get(part)!);
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
