import { request } from 'undici';

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
  const response = await request(url, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...options.headers },
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  if (response.statusCode < 200 || response.statusCode > 299) {
    throw new PartnerError(method, url, response.statusCode, await response.body.text());
  }
  return (await response.body.json()) as Answer;
}

export const getJson = <Answer>(url: string, options: PartnerRequest = {}) => send<Answer>('GET', url, options);
export const postJson = <Answer>(url: string, options: PartnerRequest = {}) => send<Answer>('POST', url, options);
