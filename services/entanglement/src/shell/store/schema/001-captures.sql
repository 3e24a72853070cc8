-- What is captured, and since when without a gap.
CREATE TABLE entanglement.captures (
  migration text NOT NULL,
  universe text NOT NULL,
  slot text NOT NULL,
  complete_since timestamptz NOT NULL,
  PRIMARY KEY (migration, universe)
);

-- The tables as they were when the mapping was last checked against them: [{"name", "typeId"}] in their order.
CREATE TABLE entanglement.captured_columns (
  migration text NOT NULL,
  universe text NOT NULL,
  table_name text NOT NULL,
  columns jsonb NOT NULL,
  PRIMARY KEY (migration, universe, table_name)
);
