import type { Fault } from '../domain/fault.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { requestsAnswered } from './app-requests.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';

const WEBHOOK_ROUTE = '/webhooks/payments';

/**
 * The payment provider delivers every event several times, and deliveries overtake each other. Taken back, new events are delivered once;
 * copies already on their way still arrive.
 * @param options.copies deliveries per event, 2 to 100
 * @param options.spreadMs each copy is delayed by a random time up to this, milliseconds, 0 to 600000
 * @throws usageError `FAULT_INVALID`
 */
export function duplicateDeliveries(options: { readonly copies: number; readonly spreadMs: number }): Fault {
  const { copies, spreadMs } = options;
  const parameters = parametersOf('duplicate-deliveries');
  parameters.whole('copies', copies, 2, 100);
  parameters.number('spreadMs', spreadMs, 0, 600_000);
  return {
    name: 'duplicate-deliveries',
    summary: `The payment provider delivers each event ${copies} times within ${spreadMs} ms, out of order.`,
    async inject(sandbox) {
      const webhooksBefore = await requestsAnswered(sandbox, WEBHOOK_ROUTE).catch(() => undefined);
      const paymentsBefore = paymentsIn(sandbox);
      sandbox.payments.deliver({ copies, spreadMs });
      return injection({
        receipt: `Each event is delivered ${copies} times within ${spreadMs} ms`,
        async witness() {
          if (webhooksBefore === undefined) return undefined;
          const webhooks = (await requestsAnswered(sandbox, WEBHOOK_ROUTE)) - webhooksBefore;
          const payments = paymentsIn(sandbox) - paymentsBefore;
          return payments > 0 && webhooks > payments
            ? `The app answered ${webhooks} webhooks for ${payments} payments`
            : undefined;
        },
        async undo() {
          sandbox.payments.deliver({});
        },
      });
    },
  };
}

function paymentsIn(sandbox: Sandbox): number {
  return sandbox.payments.ledger().filter(({ kind }) => kind === 'payment.succeeded').length;
}
