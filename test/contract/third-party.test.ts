import { startFulfilmentPartner } from '../../harness/third-parties/fulfilment.ts';
import { startMailProvider } from '../../harness/third-parties/mail.ts';
import { startPaymentProvider } from '../../harness/third-parties/payments.ts';
import { thirdPartyContract } from './third-party.contract.ts';

thirdPartyContract({
  party: 'payments',
  start: () => startPaymentProvider({ webhookUrl: 'http://127.0.0.1:1/none', webhookSecret: 's', seed: 1 }),
  post: { path: '/v1/charges', body: { amount: 1250, currency: 'EUR', reference: 'order_7' } },
  kind: 'charge',
  status: 201,
});

thirdPartyContract({
  party: 'mail',
  start: () => startMailProvider(),
  post: {
    path: '/v1/messages',
    body: { to: 'buyer@example.com', template: 'order-paid', reference: 'pay_1', variables: { number: 'A-7' } },
  },
  kind: 'message',
  status: 202,
});

thirdPartyContract({
  party: 'fulfilment',
  start: () => startFulfilmentPartner(),
  post: { path: '/v1/shipments', body: { orderReference: 'order_7', paymentReference: 'pay_1' } },
  kind: 'shipment',
  status: 201,
});
