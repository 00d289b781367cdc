import express, { Router } from 'express';
import { badRequest } from '../platform/errors.ts';
import type { Services } from '../services.ts';
import { receivePaymentEvent } from './receive-event.ts';
import { isSignedBy } from './signature.ts';
import { parsePaymentEvent } from './webhook-event.ts';

export function webhookRoutes(services: Services): Router {
  const router = Router();

  router.post('/webhooks/payments', express.raw({ type: () => true, limit: '100kb' }), async (req, res) => {
    const rawBody = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    if (!isSignedBy(services.config.webhookSecret, req.get('payments-signature'), rawBody)) {
      throw badRequest('The signature does not match', 'invalid_signature');
    }
    await receivePaymentEvent(services, parsePaymentEvent(rawBody));
    res.json({ received: true });
  });

  return router;
}
