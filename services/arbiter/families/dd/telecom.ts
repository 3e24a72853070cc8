/** Networks and telephony: addresses, masks, subscribers, numbers, ports. */
import { json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair } from './domain.ts';

const routes = [
  'GET /subscribers/{msisdn}',
  'GET /network/hosts/{id}',
  'POST /provisioning/lines',
  'GET /firewall/rules/{id}',
];

const bare = (group: string) => group.replace(/^0+/, '');
const address = pair(
  routes,
  {
    fields: ['ipAddress', 'host', 'peer'],
    value(random) {
      const group = () =>
        random.pick([
          () => `0${random.pick([...'123456789abcdef'])}00`,
          () => `${random.pick([...'123456789abcdef'])}${random.hex(1)}00`,
          () => `00${random.pick([...'123456789abcdef'])}${random.pick([...'123456789abcdef'])}`,
          () =>
            `${random.pick([...'123456789abcdef'])}${random.hex(2)}${random.pick([...'123456789abcdef'])}`,
        ])();
      const tail = [group(), group(), group(), group()];
      const head = `0${random.pick([...'123456789abcdef'])}${random.hex(1)}8`;
      const compact = (write: (group: string) => string) =>
        json(`2001:${bare(head)}::${tail.map(write).join(':')}`);
      return shown(
        json(['2001', head, '0000', '0000', ...tail].join(':')),
        compact(bare),
        compact((text) => bare(text).replace(/0+$/, '')),
      );
    },
  },
  {
    name: 'dd_ipv6_compressed',
    why: 'The same IPv6 address in the short writing of RFC 5952: leading zeros and one run of zero groups left out.',
  },
  {
    name: 'dd_ipv6_trailing_zeros_cut',
    why: 'Zeros at the end of a group were cut off too (0800 became 8): another host is addressed.',
    critical: true,
  },
);

const mask = pair(
  routes,
  {
    fields: ['sourceNetwork', 'subnet', 'allowedRange'],
    value(random) {
      const prefix = random.pick([16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28]);
      const bits = (2 ** prefix - 1) * 2 ** (32 - prefix);
      const dotted = (value: number) =>
        [24, 16, 8, 0].map((by) => Math.floor(value / 2 ** by) % 256).join('.');
      const host = 10 * 2 ** 24 + random.int(0, 2 ** 24 - 1);
      const network = dotted(host - (host % 2 ** (32 - prefix)));
      return shownJson(
        `${network} ${dotted(bits)}`,
        `${network}/${prefix}`,
        `${network}/${Math.ceil(prefix / 8) * 8}`,
      );
    },
  },
  {
    name: 'dd_netmask_as_prefix',
    why: 'The prefix length is the number of one bits of the mask: the same range of addresses.',
  },
  {
    name: 'dd_netmask_counted_in_octets',
    why: 'A mask that ends within an octet was rounded up to whole octets: most addresses of the range are shut out.',
    critical: true,
  },
);

const subscriber = pair(
  routes,
  {
    fields: ['imsi', 'subscriberId', 'simIdentity'],
    value(random) {
      const [country, network] = random.pick([
        ['262', '01'],
        ['234', '15'],
        ['208', '10'],
        ['310', '150'],
        ['310', '260'],
        ['311', '480'],
        ['302', '720'],
      ] as const);
      const rest = random.digits(15 - 3 - network.length);
      const parts = (length: number) => ({
        mcc: country,
        mnc: (network + rest).slice(0, length),
        msin: (network + rest).slice(length),
      });
      return shownJson(`${country}${network}${rest}`, parts(network.length), parts(2));
    },
  },
  {
    name: 'dd_imsi_taken_apart',
    why: 'Country, network and subscriber of an IMSI; in North America the network code has three digits, elsewhere two.',
  },
  {
    name: 'dd_imsi_network_code_cut',
    why: 'The three-digit network codes of North America (MCC 302, 310, 311) were cut to two digits: another operator.',
    critical: true,
  },
);

const ports = pair(
  routes,
  {
    fields: ['ports', 'openPorts', 'services'],
    value(random) {
      let next = random.int(1024, 9000);
      const ranges = Array.from({ length: random.int(2, 4) }, () => {
        const from = next;
        const to = from + random.int(1, 12);
        next = to + random.pick([1, 1, 2, random.int(5, 90)]);
        return [from, to] as const;
      });
      const text = (all: readonly (readonly [number, number])[]) =>
        json(all.map(([from, to]) => `${from}-${to}`).join(','));
      const merged = (gap: number) =>
        text(
          ranges.reduce<[number, number][]>((done, [from, to]) => {
            const last = done.at(-1);
            if (last !== undefined && from - last[1] <= gap) last[1] = to;
            else done.push([from, to]);
            return done;
          }, []),
        );
      return shown(text(ranges), merged(1), merged(2));
    },
  },
  {
    name: 'dd_port_ranges_joined',
    why: 'Ranges of ports that follow each other without a gap are written as one: the same set of ports.',
  },
  {
    name: 'dd_port_ranges_joined_over_gap',
    why: 'Ranges were joined over a port that lies between them and was not open: the firewall now opens it.',
    critical: true,
  },
);

export const families = [...address, ...mask, ...subscriber, ...ports];
