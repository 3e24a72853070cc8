-- In what way modern failed an approved correction, as its verdict said it; empty for any other difference, which the judge words anew.
ALTER TABLE observations ADD COLUMN explanation text NOT NULL DEFAULT '';
