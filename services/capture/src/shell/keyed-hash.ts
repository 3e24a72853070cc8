import { createHmac } from 'node:crypto';
import type { KeyedHash } from '../core/mask/mask.ts';

/** HMAC-SHA-256 under a key of the migration's own, so that equal values of two migrations do not show as equal. */
export function keyedHashOf(masterKey: string, migration: string): KeyedHash {
  const key = createHmac('sha256', masterKey).update(`chronos masking\0${migration}`).digest();
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}
