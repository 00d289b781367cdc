import type { Answer } from './answer.ts';

export interface FirstAnswer {
  readonly answer: Answer;
  /** Resolves when the first answer goes out. */
  readonly due: Promise<void>;
}

/**
 * What a partner remembers per `Idempotency-Key`: the request it came with and the answer that it got.
 * A key that comes back with another path or body is a mistake of the client and is told so, as Stripe does
 * (https://docs.stripe.com/api/idempotent_requests).
 */
export function createIdempotencyKeys() {
  const seen = new Map<string, FirstAnswer & { readonly request: string }>();
  const requestOf = (path: string, text: string) => `${path}\n${text}`;
  return {
    /** The first answer to this key, `other-request` when the key was used for something else, undefined for a new key or none. */
    find(key: string | undefined, path: string, text: string): FirstAnswer | 'other-request' | undefined {
      const first = key === undefined ? undefined : seen.get(key);
      if (!first) return undefined;
      return first.request === requestOf(path, text) ? first : 'other-request';
    },
    remember(key: string | undefined, path: string, text: string, first: FirstAnswer): void {
      if (key !== undefined) seen.set(key, { ...first, request: requestOf(path, text) });
    },
    clear: () => seen.clear(),
  };
}
