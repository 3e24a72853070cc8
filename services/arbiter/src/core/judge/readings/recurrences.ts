import { type Domain, reading } from './reading.ts';

/** Rules of calendars by which something comes again. */
export const recurrences: Domain = {
  name: 'recurrence',
  reads:
    'A rule by which something comes again (RFC 5545), whose parts and lists stand in any order, INTERVAL=1 and WKST=MO being understood: FREQ=MONTHLY;INTERVAL=1;BYDAY=3WE and BYDAY=3WE;FREQ=MONTHLY.',
  read({ text = '' }) {
    if (text.length > 200 || !/^(?:RRULE:)?(?:[A-Z]+=[^;]*;)*FREQ=/.test(text)) return [];
    const parts = new Map<string, string>();
    for (const part of text
      .replace(/^RRULE:/, '')
      .replace(/;$/, '')
      .split(';')) {
      const [, name = '', value = ''] = PART.exec(part) ?? [];
      if (name === '' || parts.has(name)) return [];
      if (part === 'INTERVAL=1' || part === 'WKST=MO') continue;
      parts.set(name, name.startsWith('BY') ? value.split(',').toSorted().join(',') : value);
    }
    const key = [...parts].map(([name, value]) => `${name}=${value}`).toSorted();
    return reading('RFC 5545', key.join(';'), true);
  },
  near: () => true,
};

const PART = /^([A-Z]{4,10})=([A-Z0-9,+:.-]{1,80})$/;
