/**
 * The books, in the names and record layouts of the system that they were once carried over from: keys and texts are blank-padded, amounts
 * are whole cents, states are letters.
 *
 * PARAM parameters · KDSTAMM customers (KDKZ: N normal, V VIP; KDBON credit score) · KTOSTAM accounts (KTOART: GK current, SP savings,
 * HK merchant; KTOSTA: A active, S blocked; KTOSAL balance; KTOLFD last movement) · KTOBEW movements (BEWART: EB opening, GU credit, LA debit,
 * ZI interest) · AUFTRAG orders done (AUFPRF checksum of the order, AUFANT answer in hexadecimal, AUFABL refusal)
 */
export const SCHEMA = `
CREATE TABLE param   (parkey char(8) PRIMARY KEY, parwrt char(40) NOT NULL);
CREATE TABLE kdstamm (kdnr char(6) PRIMARY KEY, kdname char(30) NOT NULL, kdkz char(1) NOT NULL,
                      kdbon numeric(3) NOT NULL, kdpin char(4) NOT NULL);
CREATE TABLE ktostam (ktonr char(7) PRIMARY KEY, kdnr char(6), ktoart char(2) NOT NULL, ktosta char(1) NOT NULL,
                      ktowhg char(3) NOT NULL, ktosal numeric(15) NOT NULL, ktolfd numeric(9) NOT NULL);
CREATE INDEX ktostam1 ON ktostam (kdnr);
CREATE TABLE ktobew  (ktonr char(7) NOT NULL, bewnr numeric(9) NOT NULL, bewart char(2) NOT NULL, bewbtr numeric(15) NOT NULL,
                      bewsal numeric(15) NOT NULL, bewgeg char(7) NOT NULL, bewtxt char(35) NOT NULL, bewref char(128) NOT NULL,
                      PRIMARY KEY (ktonr, bewnr));
CREATE TABLE auftrag (kdnr char(6) NOT NULL, aufkey char(128) NOT NULL, aufprf char(64) NOT NULL, aufant text, aufabl text,
                      PRIMARY KEY (kdnr, aufkey));
`;
