INSERT INTO permissions (key, description) VALUES
  ('accounts.read', 'See the account'),
  ('accounts.update', 'Change the account''s name and settings'),
  ('accounts.billing', 'Change billing details'),
  ('accounts.close', 'Close the account'),
  ('users.read', 'See the account''s users'),
  ('users.invite', 'Invite users'),
  ('users.update', 'Change users'' details'),
  ('users.ban', 'Ban users and let them back in'),
  ('users.roles', 'Change users'' roles'),
  ('groups.read', 'See groups and their members'),
  ('groups.write', 'Create and change groups'),
  ('groups.permissions', 'Change what a group may do'),
  ('sessions.read', 'See other users'' sessions'),
  ('sessions.revoke', 'End other users'' sessions'),
  ('profiles.read', 'See colleagues'' profiles'),
  ('products.read', 'See the catalogue'),
  ('products.write', 'Change products'),
  ('products.pricing', 'Change prices'),
  ('products.stock', 'Correct stock'),
  ('products.import', 'Import products'),
  ('orders.read', 'See orders'),
  ('orders.write', 'Place orders'),
  ('orders.cancel', 'Cancel orders'),
  ('orders.approve', 'Approve orders above the limit'),
  ('orders.notes', 'Write notes on orders'),
  ('orders.discount', 'Grant discounts'),
  ('orders.export', 'Export orders'),
  ('payments.read', 'See payments'),
  ('payments.create', 'Pay for orders'),
  ('payments.refund', 'Refund payments'),
  ('payments.export', 'Export payments'),
  ('shipments.read', 'See shipments'),
  ('shipments.write', 'Change shipments'),
  ('shipments.track', 'Follow parcels'),
  ('invoices.read', 'See invoices'),
  ('invoices.send', 'Send invoices'),
  ('invoices.export', 'Export invoices'),
  ('reports.read', 'See reports'),
  ('reports.export', 'Export reports'),
  ('reports.schedule', 'Schedule reports'),
  ('usage.read', 'See usage'),
  ('usage.write', 'Record usage'),
  ('usage.limits', 'Change usage limits'),
  ('webhooks.read', 'See webhook endpoints'),
  ('webhooks.write', 'Change webhook endpoints'),
  ('integrations.read', 'See integrations'),
  ('integrations.write', 'Change integrations'),
  ('audit.read', 'See the audit trail'),
  ('audit.export', 'Export the audit trail'),
  ('support.tickets', 'Answer support tickets');

INSERT INTO roles (name) VALUES ('owner'), ('admin'), ('buyer'), ('approver'), ('viewer'), ('support');

INSERT INTO role_permissions (role_id, permission)
SELECT roles.id, permissions.key
FROM roles
CROSS JOIN permissions
WHERE (roles.name = 'owner' AND permissions.key NOT LIKE 'support.%')
   OR (roles.name = 'admin' AND permissions.key NOT LIKE 'support.%' AND permissions.key NOT IN ('accounts.close', 'accounts.billing'))
   OR (roles.name = 'buyer' AND permissions.key IN (
        'accounts.read', 'users.read', 'profiles.read', 'products.read', 'orders.read', 'orders.write', 'orders.cancel',
        'orders.notes', 'payments.read', 'payments.create', 'shipments.read', 'shipments.track', 'invoices.read', 'usage.read'))
   OR (roles.name = 'approver' AND permissions.key IN (
        'accounts.read', 'users.read', 'profiles.read', 'products.read', 'orders.read', 'orders.approve', 'orders.cancel',
        'orders.notes', 'orders.export', 'payments.read', 'payments.create', 'shipments.read', 'invoices.read', 'reports.read',
        'usage.read'))
   OR (roles.name = 'viewer' AND permissions.key IN (
        'accounts.read', 'users.read', 'profiles.read', 'products.read', 'orders.read', 'payments.read', 'shipments.read',
        'invoices.read', 'reports.read', 'usage.read'))
   OR (roles.name = 'support' AND (permissions.key LIKE '%.read' OR permissions.key IN ('sessions.revoke', 'support.tickets')));
