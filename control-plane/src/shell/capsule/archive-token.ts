import { createHmac } from 'node:crypto';

/** What the control plane shows the entanglement for a dump: made from the key that both have, so that no other secret is needed. */
export function archiveToken(maskingKey: string): string {
  return createHmac('sha256', maskingKey).update('chronos archive').digest('hex');
}
