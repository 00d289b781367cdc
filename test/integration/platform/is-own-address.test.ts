import { expect, it } from 'vitest';
import { isOwnAddress } from '../../../harness/platform/is-own-address.ts';

// 203.0.113.0/24 is for documentation (RFC 5737), .invalid for nobody (RFC 2606).
it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['203.0.113.9', false],
  ['no-such-host.invalid', false],
])('%s is this machine: %s', async (host, own) => {
  expect(await isOwnAddress(host)).toBe(own);
});
