import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { loopbackHosts } from '../../platform/loopback-hosts.ts';

/** Why a request is refused. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/**
 * Lets only our own user in. A web page of elsewhere can send requests to 127.0.0.1, also under a name of its own that resolves there
 * (DNS rebinding): the Host and Origin headers give it away, and it does not know the token.
 */
export function refusalOf(request: IncomingMessage, port: number, token: string): Refusal | undefined {
  const hosts = loopbackHosts(port);
  if (!hosts.includes(request.headers.host ?? '')) {
    return { status: 403, code: 'HOST_REFUSED', message: 'This address answers only under 127.0.0.1 and localhost.' };
  }
  const { origin } = request.headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    return { status: 403, code: 'ORIGIN_REFUSED', message: 'Requests from other web pages are refused.' };
  }
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (given === undefined || !same(given, token)) {
    return {
      status: 401,
      code: 'TOKEN_REFUSED',
      message: 'The token is missing or wrong.',
      hint: "send `Authorization: Bearer <token>` with the token of the run's control.json",
    };
  }
  return undefined;
}

/** Compares without telling by its duration how much was right; hashing makes the lengths equal. */
function same(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
