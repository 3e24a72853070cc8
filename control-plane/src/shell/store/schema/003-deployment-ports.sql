-- Named ports of a build beside its address, for TCP routes: name to host:port.
ALTER TABLE deployments ADD COLUMN ports jsonb NOT NULL DEFAULT '{}';
