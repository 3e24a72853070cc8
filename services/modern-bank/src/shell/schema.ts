/** The whole schema. Money is numeric(18,2); each interest entry says by which rule, rate and days it was booked. */
export const SCHEMA = `
CREATE TABLE bank (
  business_date date NOT NULL
);

CREATE TABLE customers (
  id           text PRIMARY KEY,
  name         text NOT NULL,
  segment      text NOT NULL CHECK (segment IN ('standard', 'vip')),
  credit_score integer NOT NULL CHECK (credit_score BETWEEN 300 AND 850),
  pin_hash     bytea NOT NULL
);

CREATE TABLE accounts (
  id          text PRIMARY KEY,
  customer_id text REFERENCES customers,
  kind        text NOT NULL CHECK (kind IN ('current', 'savings', 'merchant')),
  currency    text NOT NULL DEFAULT 'EUR',
  status      text NOT NULL CHECK (status IN ('active', 'blocked')),
  balance     numeric(18,2) NOT NULL CHECK (balance >= 0),
  entry_count bigint NOT NULL
);
CREATE INDEX accounts_customer_id ON accounts (customer_id);

CREATE TABLE entries (
  account_id    text NOT NULL REFERENCES accounts,
  number        bigint NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('opening', 'transfer_in', 'transfer_out', 'interest')),
  amount        numeric(18,2) NOT NULL,
  balance_after numeric(18,2) NOT NULL,
  counterparty  text NOT NULL,
  text          text NOT NULL,
  reference     text NOT NULL,
  interest_rule text,
  interest_rate numeric(9,6),
  interest_days integer,
  PRIMARY KEY (account_id, number),
  CHECK ((kind = 'interest') = (interest_rule IS NOT NULL AND interest_rate IS NOT NULL AND interest_days IS NOT NULL))
);
CREATE INDEX entries_interest_rule ON entries (account_id, interest_rule) WHERE interest_rule IS NOT NULL;

CREATE TABLE answered_requests (
  customer_id text NOT NULL REFERENCES customers,
  key         text NOT NULL,
  fingerprint bytea NOT NULL,
  answer      bytea,
  refusal     jsonb,
  PRIMARY KEY (customer_id, key)
);
`;
