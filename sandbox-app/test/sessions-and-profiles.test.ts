import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientFor } from './support/client.ts';
import { startTradepost, type Tradepost } from './support/tradepost.ts';

let tradepost: Tradepost;

beforeAll(async () => {
  tradepost = await startTradepost();
});
afterAll(() => tradepost.stop());

describe('sessions', () => {
  it('are opened with e-mail and password and closed again', async () => {
    const credentials = { email: 'bob@example.com', password: 'tradepost' };
    const { status, body } = await clientFor(tradepost.url).post('/v1/sessions', credentials);
    expect(status).toBe(201);
    expect(body.token).toMatch(/^st_/);

    const client = clientFor(tradepost.url, { ...tradepost.people.buyer, token: body.token });
    expect((await client.get('/v1/sessions')).body.data).toHaveLength(2);
    expect((await client.delete('/v1/sessions/current')).status).toBe(204);
    expect((await client.get('/v1/me')).status).toBe(401);
  });

  it('are renewed, and signed out from another device', async () => {
    const { buyer } = tradepost.people;
    const client = clientFor(tradepost.url, buyer);
    const signIn = async () => {
      const { body } = await client.post('/v1/sessions', { email: 'bob@example.com', password: 'tradepost' });
      expect(Date.parse(body.expiresAt)).toBeGreaterThan(Date.now() + 29 * 24 * 3_600_000);
      return body;
    };
    const laptop = await signIn();
    const onLaptop = clientFor(tradepost.url, { ...buyer, token: laptop.token });
    const renewed = await onLaptop.post('/v1/sessions/current/renew');
    expect(renewed.status).toBe(200);
    expect(Date.parse(renewed.body.expiresAt)).toBeGreaterThanOrEqual(Date.parse(laptop.expiresAt));

    const devices = async () => (await client.get('/v1/sessions')).body.data.map(({ id }: { id: number }) => id);
    expect(await devices()).toContain(laptop.id);
    expect((await client.delete(`/v1/sessions/${laptop.id}`)).status).toBe(204);
    expect((await client.delete(`/v1/sessions/${laptop.id}`)).status).toBe(404);
    expect(await devices()).not.toContain(laptop.id);

    await signIn();
    await signIn();
    expect(await devices()).toHaveLength(3);
    expect((await client.post('/v1/sessions/sign-out-others')).status).toBe(204);
    expect(await devices()).toHaveLength(1);
  });

  it('are required', async () => {
    const { status, body } = await clientFor(tradepost.url).get('/v1/me');
    expect(status).toBe(401);
    expect(body.error).toMatchObject({ code: 'unauthenticated', requestId: expect.any(String) });
  });
});

describe('profiles', () => {
  it('say who the caller is and what they may do', async () => {
    const { buyer } = tradepost.people;
    const { body } = await clientFor(tradepost.url, buyer).get('/v1/me');
    expect(body).toMatchObject({ id: buyer.id, roles: ['buyer'], account: { id: buyer.accountId } });
    expect(body.permissions).toContain('orders.write');
    expect(body.permissions).not.toContain('users.ban');
    expect(body.activity).toEqual({ orders: 0, totalCents: 0 });
  });

  it('follow group overrides', async () => {
    const { owner } = tradepost.people;
    const { database } = tradepost.services;
    const [group] = await database.query<{ id: number }>(
      `INSERT INTO groups (account_id, name) VALUES ($1, 'Interns') RETURNING id`,
      [owner.accountId],
    );
    await database.query('INSERT INTO group_members (group_id, user_id) VALUES ($1, $2)', [group?.id, owner.id]);
    await database.query('INSERT INTO group_permissions VALUES ($1, $2, false), ($1, $3, true)', [
      group?.id,
      'orders.discount',
      'support.tickets',
    ]);
    const { body } = await clientFor(tradepost.url, owner).get('/v1/me');
    expect(body.groups).toEqual([{ id: group?.id, name: 'Interns' }]);
    expect(body.permissions).toContain('support.tickets');
    expect(body.permissions).not.toContain('orders.discount');
  });

  it('show colleagues, but not strangers', async () => {
    const { buyer, owner, staff } = tradepost.people;
    const client = clientFor(tradepost.url, buyer);
    expect((await client.get(`/v1/profiles/${owner.id}`)).body.name).toBe('olive');
    expect((await client.get(`/v1/profiles/${staff.id}`)).status).toBe(404);
  });

  it('show new preferences right away', async () => {
    const client = clientFor(tradepost.url, tradepost.people.buyer);
    const changed = await client.patch('/v1/me/preferences', { locale: 'de', timeZone: 'Europe/Berlin' });
    expect(changed.body).toEqual({ locale: 'de', timeZone: 'Europe/Berlin', digest: 'weekly' });
    expect((await client.get('/v1/me')).body.preferences).toEqual(changed.body);
  });
});

describe('decisions', () => {
  it('say who may do what, group overrides included', async () => {
    const { buyer, owner, staff } = tradepost.people;
    const { database } = tradepost.services;
    const client = clientFor(tradepost.url, staff);
    const asked = `/v1/decisions?users=${buyer.id},${staff.id},999999&permissions=orders.write,users.ban`;
    const decisions = async () => (await client.get(asked)).body.data;
    expect(await decisions()).toEqual([
      { userId: buyer.id, allowed: ['orders.write'] },
      { userId: staff.id, allowed: ['orders.write', 'users.ban'] },
      { userId: 999_999, allowed: [] },
    ]);

    const [group] = await database.query<{ id: number }>(
      `INSERT INTO groups (account_id, name) VALUES ($1, 'Trainees') RETURNING id`,
      [buyer.accountId],
    );
    await database.query('INSERT INTO group_members (group_id, user_id) VALUES ($1, $2)', [group?.id, buyer.id]);
    const admin = clientFor(tradepost.url, owner);
    const change = (permission: string, allowed: boolean | null) =>
      admin.put(`/v1/groups/${group?.id}/permissions/${permission}`, { allowed });
    expect((await change('orders.write', false)).status).toBe(200);
    expect((await change('users.ban', true)).status).toBe(200);
    expect((await decisions())[0]).toEqual({ userId: buyer.id, allowed: ['users.ban'] });
    await change('orders.write', null);
    expect((await decisions())[0]).toEqual({ userId: buyer.id, allowed: ['orders.write', 'users.ban'] });
    expect((await change('orders.fly', true)).status).toBe(404);
    expect((await client.get(`/v1/decisions?users=x&permissions=orders.read`)).status).toBe(400);
    expect((await admin.get(asked)).status).toBe(403);
  });
});
