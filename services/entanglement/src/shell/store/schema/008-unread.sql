-- When what is read was acknowledged last, and since when changes were lost unread: until a verification has found all of it equal.
ALTER TABLE entanglement.captures ADD COLUMN acknowledged_at timestamptz, ADD COLUMN unread_since timestamptz;
