import type { Person } from './seed.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are checked by the expectations of each test
type Body = any;

export interface Reply {
  status: number;
  headers: Headers;
  body: Body;
}

/** Calls the API as one person. */
export function clientFor(baseUrl: string, person?: Person) {
  async function call(method: string, path: string, body?: unknown): Promise<Reply> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (person) headers.authorization = `Bearer ${person.token}`;
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = JSON.stringify(body);
    const response = await fetch(`${baseUrl}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('application/json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown) => call('POST', path, body ?? {}),
    patch: (path: string, body: unknown) => call('PATCH', path, body),
    put: (path: string, body: unknown) => call('PUT', path, body),
    delete: (path: string) => call('DELETE', path),
  };
}
