-- The thing of a pair was removed at a client's request: either id may be handed out again, for another thing.
ALTER TABLE identifiers.pairs ADD COLUMN ended_at timestamptz;
