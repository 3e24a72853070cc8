/** Families of network addresses, file modes, links, mail addresses and phone numbers. */
import { type Family, twins } from '../kit.ts';
import { givenNames, json, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const maskOf = (prefix: number): string =>
  [24, 16, 8, 0].map((shift) => ((0xffffffff * 2 ** (32 - prefix)) >>> shift) & 255).join('.');
const triple = (bits: number): string =>
  `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`;
const domains = ['Example.COM', 'Mail.Example.ORG', 'Contoso.Example.NET'] as const;
const hosts = ['münchen', 'köln', 'zürich', 'malmö', 'gdańsk', 'łódź', 'québec'] as const;
/** Lower-case, in the form of the DNS. */
const punycode = (host: string): string => new URL(`http://${host}`).hostname;

export const families: Family[] = [
  ...twins(
    {
      fields: ['allowedNetwork', 'subnet', 'firewall.source', 'range'],
      value(random) {
        const prefix = random.int(9, 27);
        const first = random.pick([10, 44, 131, 172, 193, 203]);
        const raw = ((first << 24) | random.int(0, 0xffffff)) >>> 0;
        const base = prefix === 32 ? raw : Math.floor(raw / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
        const network = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.');
        const classful = first < 128 ? 8 : first < 192 ? 16 : 24;
        const write = (bits: number): string => json({ network, mask: maskOf(bits) });
        return shown(json(`${network}/${prefix}`), write(prefix), write(classful));
      },
    },
    { name: 'b_cidr_as_mask', why: 'The prefix length and the dotted mask denote the same network.' },
    {
      name: 'b_cidr_classful_mask',
      critical: true,
      why: 'The mask is that of the address class, not of the prefix: the allowed network is another.',
    },
  ),
  ...twins(
    {
      fields: ['clientAddress', 'sipPeer', 'ipv6', 'gateway'],
      value(random) {
        const group = (): string => `0${random.text('123456789abcdef', 1)}${random.hex(2)}`;
        const groups = ['2001', '0db8', group(), '0000', '0000', '0000', group(), group()];
        const right = punycode(`[${groups.join(':')}]`).slice(1, -1);
        const wrong = right.replace(/([0-9a-f]{3})$/, '$10');
        return shown(json(groups.join(':')), json(right), json(wrong));
      },
    },
    { name: 'b_ipv6_compressed', why: 'RFC 5952 writes the same address without leading zeros and with ::.' },
    {
      name: 'b_ipv6_zero_moved',
      critical: false,
      why: 'A leading zero of a group became a trailing one, which is another address.',
    },
  ),
  ...twins(
    {
      fields: ['fileMode', 'permissions', 'umaskApplied', 'acl'],
      value(random) {
        const [user, group] = [random.pick([6, 7]), random.pick([4, 5, 6, 7])];
        const other = Math.min(group, random.pick([0, 0, 4, 5]));
        const octal = (last: number): string => json(`0${user}${group}${last}`);
        return shown(json([user, group, other].map(triple).join('')), octal(other), octal(group));
      },
    },
    { name: 'b_posix_mode_octal', why: 'Symbolic and octal notation of the same POSIX permission bits.' },
    {
      name: 'b_posix_mode_opened',
      critical: true,
      why: 'The bits of the group are repeated for everybody else, which opens the file.',
    },
  ),
  ...twins(
    {
      fields: ['documentUrl', 'redirect_uri', 'callback', 'link.href'],
      common: (random) => random.pick(['scheme', 'encoding'] as const),
      value(random, defect) {
        const path = `inv%2F${random.int(2015, 2025)}%2F${random.digits(5)}`;
        const right = `https://pay.example.com/${path}?v=${random.int(1, 9)}`;
        const legacy = right.replace('pay.example.com', 'Pay.Example.com:443').replaceAll('%2F', '%2f');
        const wrong = defect === 'scheme' ? right.replace('https:', 'http:') : right.replaceAll('%', '%25');
        return shown(json(legacy), json(right), json(wrong));
      },
    },
    {
      name: 'b_url_normalised',
      why: 'Case of host and percent-encoding and the default port are not significant in a URL (RFC 3986).',
    },
    {
      name: 'b_url_downgraded',
      critical: true,
      why: 'The link is on an unencrypted scheme, or encoded twice, and so leads elsewhere.',
    },
  ),
  ...twins(
    {
      fields: ['email', 'contact.mail', 'receiptTo', 'login'],
      value(random) {
        const name = `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase();
        const tag = random.chance(0.6) ? `+${random.pick(['bank', 'shop', 'claims', 'office'])}` : '';
        const domain = random.pick(domains);
        const right = `${name}${tag}@${domain.toLowerCase()}`;
        return shown(json(`${name}${tag}@${domain}`), json(right), json(right.replace(tag, '')));
      },
    },
    {
      name: 'b_mail_domain_case',
      why: 'The domain of a mail address ignores case; the local part is untouched.',
    },
    {
      name: 'b_mail_tag_dropped',
      critical: true,
      why: 'The part behind the plus was dropped, so mail goes to another address.',
    },
  ),
  ...twins(
    {
      fields: ['domain', 'issuerHost', 'merchantSite', 'mx'],
      value(random) {
        const host = `${random.pick(['bank', 'klinik', 'shop', 'portal'])}-${random.pick(hosts)}.example`;
        const stripped = host.normalize('NFD').replace(/\p{M}/gu, '').replace('ł', 'l');
        return shown(json(host), json(punycode(host)), json(stripped));
      },
    },
    {
      name: 'b_idn_as_punycode',
      why: 'The xn-- form is the DNS writing of the same international domain name.',
    },
    {
      name: 'b_idn_accents_stripped',
      critical: true,
      why: 'Without its accents the name is another domain, which may belong to somebody else.',
    },
  ),
  ...twins(
    {
      fields: ['phone', 'smsRecipient', 'callback', 'contact.tel'],
      value(random) {
        const [country, area] = random.pick([['49', '30'], ['49', '89'], ['44', '20'], ['43', '316'], ['31', '20']]); // biome-ignore format: a table
        const number = random.digits(7);
        const legacy = `+${country} (0)${area} ${number.slice(0, 3)} ${number.slice(3)}`;
        return shown(json(legacy), json(`+${country}${area}${number}`), json(`+${country}0${area}${number}`));
      },
    },
    {
      name: 'b_phone_trunk_zero_left_out',
      why: 'The zero in parentheses is dialled only within the country; the international number has none.',
    },
    {
      name: 'b_phone_trunk_zero_kept',
      critical: true,
      why: 'The national zero stands inside the international number, so codes are sent to nobody.',
    },
  ),
];
