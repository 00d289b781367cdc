import { expect, test } from 'vitest';
import { type AccessFacts, mayDo, type Person } from '../../../harness/domain/access.ts';

const person = (given: Partial<Person>): Person => ({
  isStaff: false,
  isWelcome: true,
  roles: [],
  groups: [],
  ...given,
});

const facts: AccessFacts = {
  people: new Map([
    ['buyer', person({ roles: ['buyer'] })],
    ['trainee', person({ roles: ['buyer'], groups: ['trainees'] })],
    ['both', person({ roles: ['viewer'], groups: ['trainees', 'purchasing'] })],
    ['purchaser', person({ groups: ['purchasing'] })],
    ['staff', person({ isStaff: true, groups: ['trainees'] })],
    ['banned', person({ isStaff: true, isWelcome: false })],
  ]),
  roles: new Map([
    ['buyer', new Set(['orders.write'])],
    ['viewer', new Set(['orders.read'])],
  ]),
  groups: new Map([
    ['trainees', new Map([['orders.write', false]])],
    ['purchasing', new Map([['orders.write', true]])],
  ]),
};

test.each([
  ['buyer', 'orders.write', true],
  ['buyer', 'orders.read', false],
  ['trainee', 'orders.write', false],
  ['purchaser', 'orders.write', true],
  ['both', 'orders.write', false],
  ['both', 'orders.read', true],
  ['staff', 'orders.write', true],
  ['banned', 'orders.write', false],
  ['nobody', 'orders.read', false],
])('%s, %s: %s', (user, permission, may) => {
  expect(mayDo(facts, user, permission)).toBe(may);
});
