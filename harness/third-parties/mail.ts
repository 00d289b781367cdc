import { z } from 'zod';
import { seededRandom } from '../domain/random.ts';
import type { ThirdParty } from '../domain/sandbox.ts';
import { newId, startProviderServer, whenValid } from './provider-server.ts';

const messageSchema = z.object({
  to: z.email(),
  template: z.string().min(1),
  reference: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Starts the mail provider: `POST /v1/messages {to, template, reference, variables}` → 202 `{id}`.
 * Its ledger holds one `message` per accepted message under the reference that the app gave, and one `replay` per repeated idempotency key.
 * @param options.seed seed of the draws that decide which requests fail; default 1
 */
export async function startMailProvider({ seed = 1 }: { readonly seed?: number } = {}): Promise<ThirdParty> {
  const server = await startProviderServer({
    random: seededRandom(seed, 'mail'),
    endpoints: [
      {
        method: 'POST',
        path: /^\/v1\/messages$/,
        answer: ({ body }) =>
          whenValid(messageSchema, body, ({ to, template, reference, variables }) => {
            const id = newId('msg');
            const { orderNumber } = variables;
            server.record('message', reference, {
              id,
              to,
              template,
              ...(typeof orderNumber === 'string' && { orderNumber }),
            });
            return { status: 202, body: { id }, reference };
          }),
      },
    ],
  });
  const { record: _, ...party } = server;
  return { name: 'mail', ...party };
}
