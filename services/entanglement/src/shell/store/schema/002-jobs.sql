-- Verifications and copies: what people see of them, and from where they go on.
CREATE TABLE entanglement.jobs (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('verification', 'copy')),
  migration text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  -- Null while it runs, or its process ended in the middle.
  ended_at timestamptz,
  -- chronos.v1.Verification or chronos.v1.Copy as protobuf.
  message bytea NOT NULL,
  -- {"entity": index in dependency order, "from": key or null}
  position jsonb NOT NULL
);
CREATE INDEX jobs_newest ON entanglement.jobs (migration, kind, started_at DESC);
