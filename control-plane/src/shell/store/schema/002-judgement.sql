-- What the judge knows beyond one request: rules by field, what was seen of each field that ever differed, questions to people.

ALTER TABLE migrations ADD COLUMN rules_revision bigint NOT NULL DEFAULT 0;
ALTER TABLE verdicts ADD COLUMN modern_deployment text NOT NULL DEFAULT '';

-- Rules that people answered or the judge learned. Never deleted: revoked ones stay to be read.
CREATE TABLE field_rules (
  id text PRIMARY KEY,
  position bigint GENERATED ALWAYS AS IDENTITY,
  migration text NOT NULL REFERENCES migrations (name),
  revoked boolean NOT NULL,
  body bytea NOT NULL                  -- chronos.v1.FieldRule
);
CREATE INDEX field_rules_newest ON field_rules (migration, position DESC);

-- A field of one route against one deployment: counters, and where the judge stands with it.
CREATE TABLE observed_fields (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  migration text NOT NULL,
  grp text NOT NULL,
  route text NOT NULL,
  field text NOT NULL,
  modern_deployment text NOT NULL,
  differing bigint NOT NULL,           -- differences seen, also those that a field rule accepts
  first_seen_ms bigint NOT NULL,
  last_seen_ms bigint NOT NULL,
  judged_differing bigint NOT NULL DEFAULT 0,  -- as many as there were when it was judged last
  judged_at_ms bigint NOT NULL DEFAULT 0,
  UNIQUE (migration, grp, route, field, modern_deployment)
) WITH (fillfactor = 50);

-- At most 200 differences of each (reservoir: slot n takes the n-th, later ones replace one at random).
CREATE TABLE observations (
  field_id bigint NOT NULL REFERENCES observed_fields (id) ON DELETE CASCADE,
  slot integer NOT NULL,
  request_id text NOT NULL,
  at_ms bigint NOT NULL,
  ruling smallint NOT NULL,            -- what the arbiter said of this one
  severity smallint NOT NULL,
  rule text NOT NULL,
  legacy text,                         -- raw JSON; NULL: the field is missing
  modern text,
  has_second boolean NOT NULL,
  second text,
  cut boolean NOT NULL,
  facts text NOT NULL,                 -- JSON: path of the request to raw JSON
  PRIMARY KEY (field_id, slot)
) WITH (fillfactor = 70);

CREATE TABLE questions (
  id text PRIMARY KEY,
  position bigint GENERATED ALWAYS AS IDENTITY,
  migration text NOT NULL REFERENCES migrations (name),
  grp text NOT NULL,
  route text NOT NULL,
  field text NOT NULL,
  rule text NOT NULL,
  sentence text NOT NULL,
  severity smallint NOT NULL,
  status smallint NOT NULL,            -- chronos.v1.QuestionStatus
  asked_at_ms bigint NOT NULL,
  answer text NOT NULL DEFAULT '',
  answered_by text NOT NULL DEFAULT '',
  answered_at_ms bigint NOT NULL DEFAULT 0,
  note text NOT NULL DEFAULT '',
  rule_id text NOT NULL DEFAULT '',
  UNIQUE (migration, grp, route, field, rule)
) WITH (fillfactor = 70);

-- Pairs that a renaming has shown; each of legacy's values goes with one of modern's, and the other way round.
CREATE TABLE renamings (
  rule_id text NOT NULL,
  legacy_hash bytea NOT NULL,
  modern_hash bytea NOT NULL,
  PRIMARY KEY (rule_id, legacy_hash),
  UNIQUE (rule_id, modern_hash)
);

-- What the judge makes of a mismatch group from all of its observations.
ALTER TABLE mismatch_groups
  ADD COLUMN ruling smallint NOT NULL DEFAULT 0,
  ADD COLUMN severity smallint NOT NULL DEFAULT 0,
  ADD COLUMN rule text NOT NULL DEFAULT '',
  ADD COLUMN signature text NOT NULL DEFAULT '',   -- equal ones are one cause
  ADD COLUMN formula text NOT NULL DEFAULT '',     -- what modern does there, without figures
  ADD COLUMN condition text NOT NULL DEFAULT '';   -- when it does
