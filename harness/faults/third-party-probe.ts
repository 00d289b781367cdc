import { request } from 'undici';
import type { Sandbox, ThirdParty } from '../domain/sandbox.ts';

export type PartyName = ThirdParty['name'];
export const partyNames: readonly PartyName[] = ['payments', 'mail', 'fulfilment'];

export interface PartyAnswer {
  readonly status: number;
  readonly tookMs: number;
}

/** What a harmless request to the third party comes to: an answer (404 when all is normal), or undefined when none comes in time. */
export async function askParty(
  sandbox: Sandbox,
  party: PartyName,
  patienceMs: number,
): Promise<PartyAnswer | undefined> {
  const start = performance.now();
  const impatience = AbortSignal.timeout(patienceMs);
  try {
    const answer = await request(`${sandbox[party].url}/v1/status`, { signal: impatience });
    await answer.body.dump();
    return { status: answer.statusCode, tookMs: performance.now() - start };
  } catch (error) {
    if (impatience.aborted) return undefined;
    throw error;
  }
}
