import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface PartnerRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

type Answer = (request: PartnerRequest) => { status: number; body: unknown };

async function readJson(req: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of req) text += chunk;
  return text ? JSON.parse(text) : {};
}

/** A partner service that answers in-process and remembers what it was asked. */
export async function startPartner(answer: Answer) {
  const requests: PartnerRequest[] = [];
  const server = createServer(async (req, res) => {
    const request = { path: req.url ?? '', headers: req.headers, body: await readJson(req) };
    requests.push(request);
    const { status, body } = answer(request);
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Partner = Awaited<ReturnType<typeof startPartner>>;

/** The payment provider: charges are settled at once and can be looked up afterwards. */
export async function startPaymentProvider(): Promise<Partner> {
  const payments = new Map<string, Record<string, unknown>>();
  return startPartner(({ path, body }) => {
    if (path === '/v1/charges') {
      const payment = { ...body, id: `pay_${payments.size + 1}`, status: 'succeeded' };
      payments.set(payment.id, payment);
      return { status: 201, body: { id: payment.id, status: 'processing' } };
    }
    const payment = payments.get(path.replace('/v1/payments/', ''));
    return payment ? { status: 200, body: payment } : { status: 404, body: {} };
  });
}

/** The fulfilment partner: takes everything, and numbers its shipments. */
export async function startFulfilmentPartner(): Promise<Partner> {
  let shipments = 0;
  const ship = () => `shp_${++shipments}`;
  return startPartner(({ path, body }) => {
    if (path !== '/v1/shipments/batch') return { status: 201, body: { id: ship() } };
    return { status: 201, body: { ids: (body.shipments as unknown[]).map(ship) } };
  });
}
