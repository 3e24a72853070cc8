-- What may differ between both databases, and what was written to make it equal.
CREATE TABLE entanglement.repair_cases (
  migration text NOT NULL,
  -- The request's id; tx:<universe>:<lsn> of a transaction without one; verify:… of a row that somebody asked for.
  id text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'outstanding', 'settled', 'reported')),
  -- Why it is outstanding.
  reason text NOT NULL DEFAULT '',
  opened_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now(),
  -- core/repair/case-json.ts
  content jsonb NOT NULL,
  PRIMARY KEY (migration, id)
);
CREATE INDEX repair_cases_open ON entanglement.repair_cases (migration, state) WHERE state IN ('open', 'outstanding');

CREATE TABLE entanglement.repairs (
  id uuid PRIMARY KEY,
  migration text NOT NULL,
  -- The one that was written.
  universe text NOT NULL CHECK (universe IN ('legacy', 'modern')),
  -- intended: its transaction was about to commit, and nobody has looked yet whether it did. void: it did not.
  state text NOT NULL CHECK (state IN ('intended', 'done', 'void')),
  -- Of that transaction, in the database that was written: what became of it is asked there.
  xid text NOT NULL,
  intended_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  -- Ids of the cases.
  cases text[] NOT NULL,
  -- [{"entity", "key", "kind", "before", "after"}]: fields by name, sensitive ones left out.
  changes jsonb NOT NULL,
  -- The cases as they are once it is done.
  progress jsonb NOT NULL
);
CREATE INDEX repairs_newest ON entanglement.repairs (migration, intended_at DESC);
CREATE INDEX repairs_intended ON entanglement.repairs (migration) WHERE state = 'intended';

-- How far topics are read, stored with what was read from them.
CREATE TABLE entanglement.repair_offsets (
  topic text NOT NULL,
  partition integer NOT NULL,
  next_offset bigint NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition)
);
