-- Kinds of which one id is one thing in legacy and another in modern, with the first such id: whose a client's is cannot be told.
CREATE TABLE identifiers.overlaps (
  migration text NOT NULL,
  bijection text NOT NULL,
  id bytea,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (migration, bijection)
);

-- Migrations in which modern has answered clients: they may hold its ids since.
CREATE TABLE identifiers.answered (
  migration text PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT now()
);

-- Pairs are learned here and made by repairs and copies: whoever writes one, an overlap is noted with it.
CREATE FUNCTION identifiers.note_overlaps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO identifiers.overlaps (migration, bijection, id)
  SELECT DISTINCT ON (made.migration, made.bijection) made.migration, made.bijection,
    CASE WHEN made.sealed THEN NULL WHEN other.modern_key = made.legacy_key THEN made.legacy ELSE made.modern END
  FROM made
  CROSS JOIN LATERAL (
    (SELECT p.legacy_key, p.modern_key FROM identifiers.pairs p
     WHERE p.migration = made.migration AND p.bijection = made.bijection AND p.modern_key = made.legacy_key AND p.legacy_key <> made.legacy_key
     LIMIT 1)
    UNION ALL
    (SELECT p.legacy_key, p.modern_key FROM identifiers.pairs p
     WHERE p.migration = made.migration AND p.bijection = made.bijection AND p.legacy_key = made.modern_key AND p.modern_key <> made.modern_key
     LIMIT 1)
  ) other
  WHERE NOT EXISTS (
    SELECT FROM identifiers.overlaps o WHERE o.migration = made.migration AND o.bijection = made.bijection)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER note_overlaps AFTER INSERT ON identifiers.pairs
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION identifiers.note_overlaps();

-- What was learned before.
INSERT INTO identifiers.overlaps (migration, bijection, id)
SELECT DISTINCT ON (a.migration, a.bijection) a.migration, a.bijection, CASE WHEN a.sealed THEN NULL ELSE a.legacy END
FROM identifiers.pairs a JOIN identifiers.pairs b
  ON b.migration = a.migration AND b.bijection = a.bijection AND b.modern_key = a.legacy_key AND b.legacy_key <> a.legacy_key;
