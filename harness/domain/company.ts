/** How much data the seeded company has. `default` has at least 1.5 million order items. */
export const companySizes = ['small', 'default', 'large'] as const;
export type CompanySize = (typeof companySizes)[number];

/** Rows of the seeded company at one size. */
export interface CompanyCounts {
  readonly accounts: number;
  readonly users: number;
  readonly products: number;
  readonly orders: number;
}

export const companyCounts: Readonly<Record<CompanySize, CompanyCounts>> = {
  small: { accounts: 200, users: 4_000, products: 1_000, orders: 17_000 },
  default: { accounts: 2_000, users: 20_000, products: 5_000, orders: 510_000 },
  large: { accounts: 5_000, users: 50_000, products: 10_000, orders: 5_100_000 },
};
