/** Raw material for names. All of it is plain ASCII, so that a name can become part of an e-mail address or a slug. */

export const givenNames = (
  'Ada Amir Ana Anton Bea Bilal Bruno Carla Chen Clara Dario Dina Elif Emil Erik Esra Eva Farid Fiona Gita Goran Greta Hana Hugo ' +
  'Ida Igor Ines Ivan Jana Jonas Julia Kaan Karim Lea Leo Lina Luca Maja Marco Mei Mila Nadia Nils Nora Olga Omar Oskar Paula ' +
  'Petra Rafael Rosa Samir Sara Selin Sofia Stefan Tara Theo Uma Vera Viktor Yara Yusuf Zoe'
).split(' ');

export const familyNames = (
  'Abbas Adler Almeida Andersson Baptiste Becker Bianchi Bondar Castillo Chaudhry Costa Dahl Demir Diallo Dubois Ekstrom Eriksen ' +
  'Fischer Fontaine Gallo Garcia Hansen Haddad Horvat Ibrahim Ito Jansen Jensen Kaplan Keller Khan Kovacs Kowalski Lang Larsen ' +
  'Lindgren Lopez Marino Martin Meyer Moreau Nakamura Novak Okafor Olsen Ortiz Park Peeters Petrov Quinn Ricci Romano Rossi Sato ' +
  'Schmid Silva Singh Sousa Tanaka Torres Ueda Vargas Virtanen Vogel Wagner Weber Winter Yilmaz Zhang Zimmer'
).split(' ');

export const jobTitles = [
  'Buyer',
  'Senior buyer',
  'Warehouse lead',
  'Office manager',
  'Accountant',
  'Head of procurement',
  'Site manager',
  'Assistant',
  'Operations analyst',
  'Project coordinator',
];

export const companyPlaces = (
  'Alder Amber Beacon Birch Bramble Bridge Castle Cedar Clay Coast Copper Crest Delta Ember Fern Field Flint Forge Garnet Glen ' +
  'Granite Grove Harbor Hazel Heron Hill Iron Jade Juniper Keystone Lake Larch Linden Maple Marsh Meadow Mill Moss North Oak ' +
  'Orchard Osprey Pebble Pine Quarry Raven Reed Ridge River Rowan Sable Sage Slate Spruce Stone Summit Thorn Tide Vale Willow'
).split(' ');

export const companyTrades = [
  'Logistics',
  'Clinics',
  'Kitchens',
  'Builders',
  'Print',
  'Foods',
  'Hotels',
  'Laboratories',
  'Schools',
  'Motors',
  'Textiles',
  'Energy',
  'Interiors',
];

export const companyForms = ['Ltd', 'GmbH', 'BV', 'AB', 'Group', 'SpA', 'Partners'];

export const productQualities = [
  'Standard',
  'Heavy-duty',
  'Compact',
  'Recycled',
  'Insulated',
  'Stackable',
  'Waterproof',
  'Food-safe',
  'Reinforced',
  'Lightweight',
  'Antistatic',
];

/** Category, and what is sold in it. */
export const productKinds: readonly (readonly [category: string, kind: string])[] = [
  ['Packaging', 'carton'],
  ['Packaging', 'mailing bag'],
  ['Packaging', 'pallet wrap'],
  ['Labels', 'thermal label'],
  ['Labels', 'shipping label'],
  ['Storage', 'shelf box'],
  ['Storage', 'euro crate'],
  ['Safety', 'work gloves'],
  ['Safety', 'safety vest'],
  ['Cleaning', 'paper towel'],
  ['Cleaning', 'floor cleaner'],
  ['Office', 'copy paper'],
  ['Office', 'ring binder'],
  ['Kitchen', 'paper cup'],
  ['Kitchen', 'storage tub'],
  ['Tools', 'tape dispenser'],
  ['Tools', 'box cutter'],
  ['Electrical', 'extension lead'],
  ['Electrical', 'work lamp'],
];

export const orderNotes = [
  'Deliver to gate 2',
  'Call before delivery',
  'Leave at reception',
  'Urgent, needed by Friday',
  'Invoice to head office',
  'Partial delivery accepted',
  'Replacement for damaged goods',
];

export const usageMetrics = ['orders', 'api_calls', 'labels', 'exports', 'storage_mb', 'messages'];
export const groupNames = ['Purchasing', 'Finance', 'Warehouse', 'Approvals', 'Reporting'];
export const userAgents = ['Firefox/142.0', 'Chrome/140.0', 'Safari/18.6', 'TradepostMobile/5.2', 'tradepost-cli/1.9'];
export const timeZones = ['UTC', 'Europe/Berlin', 'Europe/London', 'Europe/Istanbul', 'America/New_York', 'Asia/Tokyo'];
export const locales = ['en', 'de', 'fr', 'it', 'tr', 'es', 'en-GB'];
