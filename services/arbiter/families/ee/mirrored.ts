/**
 * What every mirrored answer brings along, whatever the organisation: clocks, ids made anew, counters that move between two reads. Also
 * holds what this author's other files build with: routes that fit the field, and at most as many observations as a team would read.
 */
import { defect, type Family, faithful, type Naming, type Theme } from '../kit.ts';
import { json, object, two } from '../kit-values.ts';

/** A theme of one organisation's cut-over. */
export interface CutOver<C> extends Theme<C> {
  readonly routes: readonly string[];
  /** The label needs the second run of legacy. */
  readonly noisy?: boolean;
  /** In some episodes legacy spells the field as the rewrite does already, so that a defect stands alone. */
  readonly alike?: boolean;
}

const observationsMin = 8;
const observationsMax = 60;

/** The harmless family of a cut-over and its bug. */
export function both<C>(
  theme: CutOver<C>,
  harmless: Naming,
  bug: Naming & { readonly critical: boolean },
): Family[] {
  return [harmlessOnly(theme, harmless), bugOnly(theme, bug)];
}

export function harmlessOnly<C>(theme: CutOver<C>, naming: Naming): Family {
  return routed(theme, faithful({ ...theme, least: theme.least ?? observationsMin }, naming));
}

export function bugOnly<C>(theme: CutOver<C>, naming: Naming & { readonly critical: boolean }): Family {
  const whole = { ...theme, least: theme.least ?? observationsMin };
  return routed(theme, theme.alike ? defect(respelt(whole), naming) : defect(whole, naming));
}

/** In about a third of the episodes, legacy spells everything as the rewrite does already. */
function respelt<C>(theme: Theme<C>): Theme<{ readonly old: boolean; readonly inner: C }> {
  return {
    ...theme,
    common: (random) => ({ old: random.chance(0.65), inner: theme.common?.(random) as C }),
    value(random, { old, inner }) {
      const value = theme.value(random, inner);
      return old ? value : { ...value, legacy: value.right };
    },
  };
}

function routed<C>(theme: CutOver<C>, family: Family): Family {
  return {
    ...family,
    episode(random, index) {
      let { id, field, observations } = family.episode(random, index);
      while (observations.length > observationsMax)
        ({ id, field, observations } = family.episode(random, index));
      const once = !theme.noisy && random.chance(0.35);
      return {
        id,
        ...(random.chance(0.75) ? { route: random.pick(theme.routes) } : {}),
        field,
        observations: once ? observations.map(({ legacy, modern }) => ({ legacy, modern })) : observations,
      };
    },
  };
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

const createdNumbers = both(
  {
    fields: ['orderNumber', 'ticketId', 'newBookingReference', 'applicationNumber'],
    clear: true,
    noisy: true,
    routes: ['POST /orders', 'POST /bookings', 'POST /applications'],
    common: (random) => ({
      prefix: random.pick(['', 'N', '2026-', '26/']),
      legacy: random.int(10_000, 400_000),
      modern: random.int(5_000_000, 5_100_000),
      last: undefined as string | undefined,
    }),
    value(random, state) {
      const number = (value: number) => json(`${state.prefix}${String(value).padStart(8, '0')}`);
      state.legacy += random.int(1, 6);
      const legacy = number(state.legacy);
      state.legacy += 1;
      state.modern += random.int(1, 6);
      const right = number(state.modern);
      const again = state.last;
      state.last ??= right;
      const value = { legacy, right, legacy2: number(state.legacy) };
      return again === undefined ? value : { ...value, wrong: again };
    },
  },
  {
    name: 'ee_created_number',
    why: 'Every creation draws a new number, legacy too when it is asked again; the rewrite draws from its own range.',
  },
  {
    name: 'ee_created_number_repeats',
    critical: true,
    why: 'The rewrite gives a number that it gave before to a different creation, so two orders share one number.',
  },
);

const clockReadTwice = both(
  {
    fields: ['generatedAt', 'serverTime', 'responseTimestamp', 'asOf'],
    clear: true,
    noisy: true,
    routes: ['GET /status', 'GET /reports/{id}', 'GET /quotes/{id}'],
    common: (random) => ({
      now: Date.UTC(2026, random.int(0, 11), random.int(1, 28), random.int(7, 17)),
      shift: random.pick([-2, -1, 1, 2]),
    }),
    value(random, state) {
      state.now += random.int(900, 45_000);
      const modern = state.now + random.int(-80, 240);
      return {
        legacy: json(instant(state.now)),
        right: json(instant(modern)),
        wrong: json(instant(modern + state.shift * 3_600_000)),
        legacy2: json(instant(state.now + random.int(60, 900))),
      };
    },
  },
  {
    name: 'ee_clock_read_twice',
    why: 'Each answer carries the moment at which it was made; legacy differs from itself by as much.',
  },
  {
    name: 'ee_clock_shifted_hours',
    critical: false,
    why: 'The moment is whole hours away from legacy though marked Z: local time was labelled UTC; legacy differs from itself by less than a second.',
  },
);

const signedLinks = both(
  {
    fields: ['documentUrl', 'downloadLink', 'pdf', 'statementUrl'],
    noisy: true,
    routes: ['GET /documents/{id}', 'GET /statements/{id}', 'GET /invoices/{id}/pdf'],
    common: (random) => ({
      folder: random.pick(['statements', 'invoices', 'contracts', 'payslips']),
      now: 1_767_225_600 + random.int(0, 20_000_000),
    }),
    value(random, state) {
      state.now += random.int(2, 90);
      const document = random.int(100_000, 999_999);
      const link = (id: number, later: number) =>
        json(
          `https://files.example.com/${state.folder}/${id}.pdf?Expires=${state.now + later}&Signature=${random.hex(32)}`,
        );
      return {
        legacy: link(document, 900),
        right: link(document, 900 + random.int(0, 1)),
        wrong: link(document + random.pick([-1, 1, 2]), 900),
        legacy2: link(document, 900 + random.int(1, 2)),
      };
    },
  },
  {
    name: 'ee_signed_link',
    why: 'The link to the same document is signed anew at every answer, by legacy too.',
  },
  {
    name: 'ee_signed_link_other_document',
    critical: true,
    why: "Apart from the signature, which is new each time, the link opens another document: somebody else's.",
  },
);

const stockMoves = both(
  {
    fields: ['stockAvailable', 'seatsLeft', 'availableToSell'],
    clear: true,
    noisy: true,
    routes: ['GET /products/{sku}/stock', 'GET /events/{id}', 'GET /api/v2/availability'],
    value(random) {
      const stock = random.int(30, 900);
      const sold = () => (random.chance(0.6) ? 0 : random.int(1, 2));
      const second = stock - sold();
      return {
        legacy: json(stock),
        right: json(stock - sold()),
        wrong: json(stock + random.int(12, 60)),
        legacy2: json(second),
      };
    },
  },
  {
    name: 'ee_stock_moves',
    why: 'One or two pieces are sold between two reads; legacy asked again differs from itself in the same way.',
  },
  {
    name: 'ee_stock_counts_reserved',
    critical: false,
    why: 'The rewrite shows dozens more as available than legacy, whose own two reads differ by one or two: reserved pieces are counted as free.',
  },
);

const byNature = [
  harmlessOnly(
    {
      fields: ['servedBy', 'node', 'host'],
      clear: true,
      noisy: true,
      routes: ['GET /health', 'GET /api/v2/info'],
      value(random) {
        const legacy = () => json(`appsrv${two(random.int(1, 4))}.prod.internal`);
        return {
          legacy: legacy(),
          right: json(`orders-${random.hex(9)}-${random.hex(5)}`),
          legacy2: legacy(),
        };
      },
    },
    {
      name: 'ee_server_node',
      why: 'Names the machine that happened to answer, which says nothing about the business and varies in legacy itself.',
    },
  ),
  harmlessOnly(
    {
      fields: ['nextCursor', 'continuationToken', 'pageToken'],
      clear: true,
      routes: ['GET /orders', 'GET /transactions', 'GET /contacts'],
      common: (random) => ({ size: random.pick([20, 25, 50, 100]) }),
      value(random, { size }) {
        if (random.chance(0.2)) return { legacy: 'null', right: 'null' };
        const offset = size * random.int(1, 40);
        const legacy = Buffer.from(`offset=${offset};limit=${size}`).toString('base64');
        const after = Buffer.from(object({ after: json(random.int(1e6, 9e6)), n: String(size) }));
        return { legacy: json(legacy), right: json(after.toString('base64url')) };
      },
    },
    {
      name: 'ee_paging_cursor',
      why: 'Clients only hand the opaque token back to the system that gave it; both have one, or none on the last page, at the same requests.',
    },
  ),
  harmlessOnly(
    {
      fields: ['tookMs', 'elapsedMs', 'queryTime'],
      clear: true,
      noisy: true,
      routes: ['GET /search', 'POST /reports/run'],
      common: (random) => ({ legacy: random.int(60, 240), modern: random.int(8, 50) }),
      value(random, typical) {
        const took = (middle: number) => json(Math.max(1, Math.round(middle * (0.6 + random.next() * 1.2))));
        return { legacy: took(typical.legacy), right: took(typical.modern), legacy2: took(typical.legacy) };
      },
    },
    {
      name: 'ee_took_ms',
      why: 'Says how long this one answer took to make; it differs at every run, in legacy too.',
    },
  ),
];

export const families: Family[] = [
  ...createdNumbers,
  ...clockReadTwice,
  ...signedLinks,
  ...stockMoves,
  ...byNature,
];
