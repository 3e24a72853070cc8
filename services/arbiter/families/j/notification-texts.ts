import { type Family, twins } from '../kit.ts';
import { decimal, givenNames, grouped, json, minorUnits, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['message', 'text', 'body'],
      value(random) {
        const name = `${random.pick(givenNames)} ${random.pick(surnames)}`;
        const of = (who: string) => `Dear ${who}, your document is ready.`;
        return shown(json(`${of(name)}  `), json(of(name)), json(of(`\${name}`)));
      },
    },
    { name: 'j-message-trimmed', why: 'Only blanks after the text are gone.' },
    { name: 'j-message-placeholder', critical: false, why: 'A placeholder stands where the name belongs.' },
  ),
  ...twins(
    {
      fields: ['read', 'acknowledged', 'optOut'],
      least: 3,
      value: (random) =>
        random.chance(0.5)
          ? { legacy: '"1"', right: 'true', wrong: 'false' }
          : { legacy: '"0"', right: 'false', wrong: 'true' },
    },
    { name: 'j-message-read-boolean', why: '"1" and "0" became true and false.' },
    {
      name: 'j-message-read-inverted',
      critical: false,
      why: 'Some truth values are the opposite of those of legacy.',
    },
  ),
  ...twins(
    {
      fields: ['unread', 'unreadCount', 'neu'],
      value(random) {
        const unread = random.int(0, 30);
        return shown(json(String(unread)), String(unread), String(unread + random.int(1, 40)));
      },
    },
    { name: 'j-message-unread-number', why: 'The same count without quotes.' },
    { name: 'j-message-unread-too-many', critical: false, why: 'The count is higher than that of legacy.' },
  ),
  ...twins(
    {
      fields: ['text', 'smsText', 'preview'],
      value(random) {
        const amount = decimal(minorUnits(random, 110_000, 9_000_000), 2);
        const of = (figure: string, end: string) => json(`Your balance is ${figure} EUR${end}`);
        const full = grouped(amount, ',');
        return shown(of(full, ' \n'), of(full, ''), of(full.split(',')[0]!, ''));
      },
    },
    { name: 'j-message-balance-trimmed', why: 'Only a closing blank and line end are gone.' },
    {
      name: 'j-message-balance-in-thousands',
      critical: false,
      why: 'The balance in the text lost its lower digits.',
    },
  ),
  ...twins(
    {
      fields: ['priority', 'severity', 'urgency'],
      least: 3,
      value(random) {
        const level = random.pick(['HIGH', 'NORMAL', 'LOW', 'NORMAL']);
        return shown(
          json(level),
          json(level.toLowerCase()),
          json(level === 'HIGH' ? 'normal' : level.toLowerCase()),
        );
      },
    },
    { name: 'j-message-priority-lower', why: 'The same levels in lower case.' },
    {
      name: 'j-message-alert-is-normal',
      critical: false,
      why: 'Messages of high priority became normal ones.',
    },
  ),
];
