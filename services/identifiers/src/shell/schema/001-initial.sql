-- A value is the text of an id, or a sealed token (AES-256-GCM), or NULL where no request ever carries it. Keys are keyed hashes of the values.
CREATE TABLE identifiers.pairs (
  migration text NOT NULL,
  bijection text NOT NULL,
  legacy_key bytea NOT NULL,
  modern_key bytea NOT NULL,
  legacy bytea,
  modern bytea,
  sealed boolean NOT NULL,
  legacy_number boolean NOT NULL,
  modern_number boolean NOT NULL,
  request_id text NOT NULL,
  learned_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (migration, bijection, legacy_key),
  UNIQUE (migration, bijection, modern_key)
);
CREATE INDEX pairs_by_use ON identifiers.pairs (migration, bijection, used_at);

-- One identifier with two partners: the first pair stands, the other is kept here.
CREATE TABLE identifiers.conflicts (
  migration text NOT NULL,
  bijection text NOT NULL,
  legacy_key bytea NOT NULL,
  modern_key bytea NOT NULL,
  legacy bytea,
  modern bytea,
  sealed boolean NOT NULL,
  request_id text NOT NULL,
  known_request_id text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (migration, bijection, legacy_key, modern_key)
);

CREATE TABLE identifiers.offsets (
  partition integer PRIMARY KEY,
  next_offset bigint NOT NULL
);
