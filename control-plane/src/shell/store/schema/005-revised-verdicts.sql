-- A change in a database that comes after its request's verdict re-opens it: a higher revision takes the place of the lower one.
ALTER TABLE verdicts ADD COLUMN revision integer NOT NULL DEFAULT 0;
