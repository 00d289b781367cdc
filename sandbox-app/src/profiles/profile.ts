/** Who a user is and what they may do: shown in the product and used to check permissions. */
export interface Profile {
  id: number;
  email: string;
  name: string;
  title: string;
  status: 'invited' | 'active' | 'banned';
  isStaff: boolean;
  account: { id: number; name: string; plan: string; status: 'active' | 'suspended' };
  preferences: Preferences;
  roles: string[];
  groups: { id: number; name: string }[];
  permissions: string[];
  activity: Activity;
}

export interface Preferences {
  locale: string;
  timeZone: string;
  digest: 'off' | 'daily' | 'weekly';
}

/** The orders a user placed within the last 90 days. */
export interface Activity {
  orders: number;
  totalCents: number;
}
