-- A session is good for thirty days from sign-in or from its last renewal, and can be signed out from another device.
ALTER TABLE sessions ADD COLUMN expires_at timestamptz NOT NULL DEFAULT now() + interval '30 days';
ALTER TABLE sessions ADD COLUMN revoked_at timestamptz;
