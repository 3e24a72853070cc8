-- Chronos's own database. Numbered files never change once released; a change is a new file.

CREATE TABLE migrations (
  name text PRIMARY KEY,
  spec bytea NOT NULL,                 -- chronos.v1.Migration
  descriptor_sets bytea[] NOT NULL,
  revision bigint NOT NULL,
  rules_version text NOT NULL,
  probe_secret text NOT NULL,
  created_at_ms bigint NOT NULL,
  kills integer NOT NULL,
  sealed_at_ms bigint,
  capsule text
);

CREATE TABLE route_groups (
  migration text NOT NULL REFERENCES migrations (name),
  name text NOT NULL,
  position integer NOT NULL,
  stage text NOT NULL,
  paused boolean NOT NULL,
  weight_bp integer NOT NULL CHECK (weight_bp BETWEEN 0 AND 10000),
  stage_entered_at_ms bigint NOT NULL,
  step_entered_at_ms bigint NOT NULL,
  evidence text NOT NULL,              -- JSON, core/evidence/evidence-json.ts
  verdicts jsonb NOT NULL,             -- kind or lost:<reason> to count, since the start
  PRIMARY KEY (migration, name)
) WITH (fillfactor = 50);              -- rewritten ten times a second: leave room for updates in place

CREATE TABLE deployments (
  migration text NOT NULL REFERENCES migrations (name),
  universe text NOT NULL,
  id text NOT NULL,
  position integer NOT NULL,
  build text NOT NULL,
  address text NOT NULL,
  managed boolean NOT NULL,
  phase text NOT NULL,
  deployed_at_ms bigint NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (migration, universe, id)
);

-- The journal: append-only, each entry's hash covers the one before.
CREATE TABLE journal (
  migration text NOT NULL REFERENCES migrations (name),
  sequence bigint NOT NULL,
  grp text NOT NULL,
  at_ms bigint NOT NULL,
  action text NOT NULL,
  from_stage text,
  to_stage text,
  from_weight_bp integer NOT NULL,
  to_weight_bp integer NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  evidence_json text NOT NULL,
  request_id text NOT NULL,
  traceparent text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (migration, sequence)
);

CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();

-- How long the proxies took to ACK is known only after the entry was written, and is no part of what was decided.
CREATE TABLE journal_acks (
  migration text NOT NULL,
  sequence bigint NOT NULL,
  ack_ms double precision NOT NULL,
  PRIMARY KEY (migration, sequence),
  FOREIGN KEY (migration, sequence) REFERENCES journal (migration, sequence)
);

-- Exactly one row a request id. Bounded: the newest of each class are kept (class 0: matches, 1: everything else).
CREATE TABLE verdicts (
  request_id text PRIMARY KEY,
  sequence bigint GENERATED ALWAYS AS IDENTITY,
  migration text NOT NULL,
  grp text NOT NULL,
  route text NOT NULL,
  kind smallint NOT NULL,
  class smallint NOT NULL,
  client_request_id text NOT NULL,
  fields text[] NOT NULL,
  body bytea NOT NULL                  -- events.v1.Verdict
);
CREATE INDEX verdicts_newest ON verdicts (migration, sequence DESC);
CREATE INDEX verdicts_class ON verdicts (class, sequence);
CREATE INDEX verdicts_client_request_id ON verdicts (client_request_id) WHERE client_request_id <> '';

CREATE TABLE mismatch_groups (
  migration text NOT NULL,
  grp text NOT NULL,
  route text NOT NULL,
  field text NOT NULL,
  modern_deployment text NOT NULL,
  count bigint NOT NULL,
  first_seen_ms bigint NOT NULL,
  last_seen_ms bigint NOT NULL,
  example_request_id text NOT NULL,
  legacy text NOT NULL,
  modern text NOT NULL,
  explanation text NOT NULL,
  PRIMARY KEY (migration, grp, route, field, modern_deployment)
) WITH (fillfactor = 50);

-- Offsets live beside what was made of the records, so that both move in one transaction.
CREATE TABLE bus_offsets (
  topic text NOT NULL,
  partition integer NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

-- What the proxies counted (core/totals.ts), one document.
CREATE TABLE proxy_totals (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  state jsonb NOT NULL
) WITH (fillfactor = 50);
