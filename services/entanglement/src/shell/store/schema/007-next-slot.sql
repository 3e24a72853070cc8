-- Another slot that was made because the file names it now: read once the one before is read up to where it begins.
ALTER TABLE entanglement.captures ADD COLUMN next_slot text;
