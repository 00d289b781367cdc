import type { Preferences } from '../profiles/profile.ts';
import type { ExportedOrder } from './queries.ts';

const HEADER = ['Number', 'Status', 'Placed by', 'Total', 'Placed at', 'Paid at', 'Notes'];

const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const formatMoney = (cents: number, currency: string, { locale }: Preferences): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100);

const formatTime = (time: Date, { locale, timeZone }: Preferences): string =>
  time.toLocaleString(locale, { timeZone, dateStyle: 'short', timeStyle: 'short' });

/** A spreadsheet of orders, with money and times written the way its reader prefers. */
export function toOrderCsv(orders: ExportedOrder[], preferences: Preferences): string {
  let csv = `${HEADER.map(quote).join(',')}\r\n`;
  for (const order of orders) {
    const cells = [
      order.number,
      order.status,
      order.buyer,
      formatMoney(order.totalCents, order.currency, preferences),
      formatTime(order.createdAt, preferences),
      order.paidAt ? formatTime(order.paidAt, preferences) : '',
      order.notes,
    ];
    csv += `${cells.map(quote).join(',')}\r\n`;
  }
  return csv;
}
