import { accounts, sessions, userPreferences, users } from './people.ts';
import { groupMembers, groupPermissions, groups, userRoles } from './permissions.ts';
import type { SeededTable } from './seeded-table.ts';
import { orderEvents, orderItems, orders, payments, products, shipments } from './trade.ts';
import { usageEvents } from './usage.ts';

/** Every table that is seeded, the one with the longest chain behind it first: two sessions take the first one that is ready. */
export const seededTables: readonly SeededTable[] = [
  orderItems,
  users,
  orders,
  orderEvents,
  payments,
  shipments,
  usageEvents,
  sessions,
  userPreferences,
  userRoles,
  groups,
  groupMembers,
  groupPermissions,
  products,
  accounts,
];
