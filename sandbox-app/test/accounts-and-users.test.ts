import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientFor } from './support/client.ts';
import { startTradepost, type Tradepost } from './support/tradepost.ts';

let tradepost: Tradepost;

beforeAll(async () => {
  tradepost = await startTradepost();
});
afterAll(() => tradepost.stop());

describe('accounts', () => {
  it('are listed to staff with their owner', async () => {
    const { owner, staff } = tradepost.people;
    const { status, body } = await clientFor(tradepost.url, staff).get('/v1/accounts');
    expect(status).toBe(200);
    expect(body.data).toHaveLength(2);
    expect(body.data[1]).toMatchObject({ name: 'Harbour Supplies', owner: { id: owner.id }, latestOrder: null });
    expect(body.nextCursor).toBeNull();
  });

  it('are listed page by page', async () => {
    const staff = clientFor(tradepost.url, tradepost.people.staff);
    const first = await staff.get('/v1/accounts?limit=1');
    const second = await staff.get(`/v1/accounts?limit=1&after=${first.body.nextCursor}`);
    expect(second.body.data[0].slug).toBe('harbour-supplies');
  });

  it('are visible to their own users only', async () => {
    const { owner, staff } = tradepost.people;
    const client = clientFor(tradepost.url, owner);
    expect((await client.get(`/v1/accounts/${owner.accountId}`)).body.slug).toBe('harbour-supplies');
    expect((await client.get(`/v1/accounts/${staff.accountId}`)).status).toBe(404);
    expect((await client.get('/v1/accounts')).status).toBe(403);
  });

  it('can be changed by staff', async () => {
    const { owner, staff } = tradepost.people;
    const { body } = await clientFor(tradepost.url, staff).patch(`/v1/accounts/${owner.accountId}`, {
      plan: 'enterprise',
    });
    expect(body).toMatchObject({ name: 'Harbour Supplies', plan: 'enterprise' });
  });
});

describe('users', () => {
  it('are found by words of name, title and e-mail address', async () => {
    const { owner } = tradepost.people;
    const client = clientFor(tradepost.url, owner);
    const path = `/v1/accounts/${owner.accountId}/users`;
    const { body: all } = await client.get(path);
    const { name, email } = all.data[0];
    const { body } = await client.get(`${path}/search?q=${name.split(' ')[0].toLowerCase()}+${email}`);
    expect(body.data.map((user: { email: string }) => user.email)).toEqual([email]);
    expect((await client.get(`${path}/search?q=nobody`)).body).toEqual({ data: [], nextCursor: null });
  });

  it('are listed with their roles and groups', async () => {
    const { owner } = tradepost.people;
    const { body } = await clientFor(tradepost.url, owner).get(`/v1/accounts/${owner.accountId}/users`);
    expect(body.data.map((user: { roles: string[] }) => user.roles)).toEqual([['owner'], ['buyer']]);
    expect(body.data[0].groups).toEqual([]);
  });

  it('can be invited and given roles', async () => {
    const { owner } = tradepost.people;
    const client = clientFor(tradepost.url, owner);
    const invited = await client.post(`/v1/accounts/${owner.accountId}/users`, {
      email: 'vera@example.com',
      name: 'Vera',
    });
    expect(invited.status).toBe(201);
    expect(invited.body).toMatchObject({ status: 'invited', roles: ['viewer'] });

    const changed = await client.put(`/v1/users/${invited.body.id}/roles`, { roles: ['buyer', 'approver'] });
    expect(changed.body.roles).toEqual(['buyer', 'approver']);
    expect((await client.get(`/v1/users/${invited.body.id}`)).body.email).toBe('vera@example.com');
  });

  it('can be banned and let back in', async () => {
    const { owner, buyer } = tradepost.people;
    const client = clientFor(tradepost.url, owner);
    expect((await client.post(`/v1/users/${buyer.id}/ban`)).body.status).toBe('banned');
    const refused = await clientFor(tradepost.url, buyer).get('/v1/me');
    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('user_banned');
    expect((await client.post(`/v1/users/${buyer.id}/unban`)).body.status).toBe('active');
  });
});
