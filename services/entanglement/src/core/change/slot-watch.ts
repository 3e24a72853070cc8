/** How much WAL a database keeps for us, and when that is too much for it. */

export type SlotStanding = 'fine' | 'alarm' | 'too-much';

/** From here on people are told. */
const alarmShare = 0.5;

/** A bank's disk is worth more than our evidence: at the limit the slot goes. */
export function slotStanding(retainedBytes: number, limitBytes: number): SlotStanding {
  if (retainedBytes >= limitBytes) return 'too-much';
  return retainedBytes >= limitBytes * alarmShare ? 'alarm' : 'fine';
}

export function mib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
