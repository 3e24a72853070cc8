-- With Debezium: how far its topic is read (the offset behind the last record that the broker has from us). Null: an earlier version's record.
ALTER TABLE entanglement.captures ADD COLUMN topic_offset bigint;
