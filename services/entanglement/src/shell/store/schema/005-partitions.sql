-- The partitions of captured tables as they were last seen (core/change/partitions.ts); null: not looked at yet.
ALTER TABLE entanglement.captures ADD COLUMN partitions jsonb;
