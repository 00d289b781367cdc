const TIMEOUT_MS = 10_000;

/** A partner answered with something other than success. */
export class PartnerError extends Error {
  readonly code = 'partner_error';
  readonly status: number;

  constructor(method: string, url: string, status: number, body: string) {
    super(`${method} ${url} answered ${status}: ${body.slice(0, 200)}`);
    this.name = 'PartnerError';
    this.status = status;
  }
}

interface PartnerRequest {
  headers?: Record<string, string>;
  body?: unknown;
}

async function send<Answer>(method: 'GET' | 'POST', url: string, options: PartnerRequest): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...options.headers },
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new PartnerError(method, url, response.status, await response.text());
  return (await response.json()) as Answer;
}

export const getJson = <Answer>(url: string, options: PartnerRequest = {}) => send<Answer>('GET', url, options);
export const postJson = <Answer>(url: string, options: PartnerRequest = {}) => send<Answer>('POST', url, options);
