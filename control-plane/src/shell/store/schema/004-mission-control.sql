-- The last hour's figures, a row a second of each route group and of each whole migration (grp ''). NULL: not known, or nothing answered.
CREATE TABLE series_points (
  migration text NOT NULL,
  grp text NOT NULL,
  at_s bigint NOT NULL,
  legacy_requests integer NOT NULL,
  legacy_errors integer NOT NULL,
  legacy_answered integer NOT NULL,
  legacy_p50_ms real,
  legacy_p99_ms real,
  modern_requests integer NOT NULL,
  modern_errors integer NOT NULL,
  modern_answered integer NOT NULL,
  modern_p50_ms real,
  modern_p99_ms real,
  compared integer NOT NULL,
  mismatched integer NOT NULL,
  asked integer NOT NULL,
  lost integer NOT NULL,
  failed integer NOT NULL,
  modern_percent real,
  confidence real,
  PRIMARY KEY (migration, grp, at_s)
);
CREATE INDEX series_points_age ON series_points (at_s);

-- Signs the session cookies of people who logged in, for all replicas and across restarts.
CREATE TABLE session_secret (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  secret bytea NOT NULL
);

-- The newest decisions of all migrations, for the log.
CREATE INDEX journal_age ON journal (at_ms);
