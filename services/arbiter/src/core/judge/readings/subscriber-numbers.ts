import { asIs, toldLine } from './told-lines.ts';

/** Codes of networks have three digits in North America, two in Europe (ITU-T E.212); elsewhere they are of both lengths. */
function networkLength(country: string, next = ''): number | undefined {
  // India gave out those of 8 and 9 later, with three.
  if (country === '405' && /[89]/.test(next)) return 3;
  if (/^(?:302|31[0-6])$/.test(country)) return 3;
  return /^2[0-9]{2}$/.test(country) ? 2 : undefined;
}

export const subscriberNumbers = toldLine({
  name: 'subscriber-number',
  reads:
    'The international number of a mobile subscriber (IMSI) and its country, network and number: 310150092586212 and {"mcc":"310","mnc":"150","msin":"092586212"}.',
  weak: true,
  text(text) {
    const country = text.slice(0, 3);
    const length = /^[0-9]{15}$/.test(text) ? networkLength(country, text[3]) : undefined;
    if (length === undefined) return undefined;
    return { country, network: text.slice(3, 3 + length), number: text.slice(3 + length) };
  },
  needs: ['country', 'network', 'number'],
  members: [
    [/^(?:mcc|mobile country(?: code)?)$/, asIs('country', /^[0-9]{3}$/)],
    [/^(?:mnc|mobile network(?: code)?)$/, asIs('network', /^[0-9]{2,3}$/)],
    [/^(?:msin|subscriber(?: number| id)?)$/, asIs('number', /^[0-9]{9,10}$/)],
  ],
});
