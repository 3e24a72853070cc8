/** What the one- and two-letter codes of the books mean to the outside. */

const MOVEMENTS: Readonly<Record<string, string>> = {
  EB: 'opening',
  GU: 'transfer_in',
  LA: 'transfer_out',
  ZI: 'interest',
};
const ACCOUNT_STATES: Readonly<Record<string, string>> = { A: 'active', S: 'blocked' };
const SEGMENTS: Readonly<Record<string, string>> = { N: 'standard', V: 'vip' };

export const movementKind = (code: string): string => known(MOVEMENTS, code, 'BEWART');
export const accountStatus = (code: string): string => known(ACCOUNT_STATES, code, 'KTOSTA');
export const segmentName = (code: string): string => known(SEGMENTS, code, 'KDKZ');

function known(table: Readonly<Record<string, string>>, code: string, field: string): string {
  const word = table[code];
  if (word === undefined) throw new Error(`unknown code "${code}" in field ${field}`);
  return word;
}
