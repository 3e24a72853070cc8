-- Whose slot it is and how far it may stand: one that was made anew by others, or by another server, begins with a gap.
ALTER TABLE entanglement.captures
  -- Nothing stands under its name yet, or nothing that is needed: Chronos makes it (anew).
  ADD COLUMN to_be_made boolean NOT NULL DEFAULT false,
  -- System identifier and timeline of the database server.
  ADD COLUMN server text,
  -- Written before the slot hears of it. Null: others read it (Debezium), or an earlier version wrote the record.
  ADD COLUMN acknowledged pg_lsn;
