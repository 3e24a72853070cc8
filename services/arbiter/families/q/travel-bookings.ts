/** Bookings of a travel company: Perl scripts over flat files, rewritten in Go. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, json, surnames, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const titled = [
  ['James', 'MR'],
  ['Anna', 'MRS'],
  ['Chloe', 'MS'],
  ['Ahmed', 'MR'],
  ['Olga', 'MRS'],
  ['Lars', 'MR'],
] as const;
const airports = ['FRA', 'LHR', 'JFK', 'CDG', 'ZRH', 'OSL', 'LIS', 'DXB', 'SIN', 'YYZ'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['passenger', 'traveller', 'nameElement', 'pax'],
      value(random) {
        const last = random.pick(surnames);
        const [first, title] = random.pick(titled);
        return shownJson(
          `${last}/${first} ${title}`.toUpperCase(),
          { surname: last.toUpperCase(), given: first.toUpperCase(), title },
          { surname: first.toUpperCase(), given: last.toUpperCase(), title },
        );
      },
    },
    {
      name: 'pnr_name_split',
      why: 'In a booking record the surname precedes the slash, and the object says the same.',
    },
    {
      name: 'pnr_name_turned',
      why: 'Surname and given name are exchanged, so the ticket does not match the passport.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['seat', 'assignedSeat', 'seatNumber', 'place'],
      value(random) {
        const row = random.int(1, 42);
        const letter = random.int(0, 5);
        const at = (index: number) => 'ABCDEF'[index % 6];
        const legacy = `${String(row).padStart(3, '0')}${at(letter)}`;
        return shownJson(legacy, `${row}${at(letter)}`, `${row}${at(letter + 1)}`);
      },
    },
    {
      name: 'seat_row_without_zeros',
      why: 'Zeros before the row of a seat say nothing; row and letter are the same.',
    },
    {
      name: 'seat_letter_off_by_one',
      why: 'The letter is the next one, which is another passenger’s seat.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['segment', 'timetable', 'leg', 'times'],
      least: 2,
      value(random) {
        const day = Day.any(random, 2024, 2026);
        const overnight = random.chance(0.5);
        const [h, m] = overnight
          ? [random.int(18, 23), random.int(0, 59)]
          : [random.int(5, 14), random.int(0, 59)];
        const arrival = overnight ? random.int(1, 6) : h + random.int(1, 7);
        const clock = (hour: number) => `${two(hour)}:${two(m)}`;
        const answer = (to: Day) => ({
          departs: `${day.iso}T${clock(h)}`,
          arrives: `${to.iso}T${clock(arrival)}`,
        });
        const legacy = {
          date: day.iso,
          dep: `${two(h)}${two(m)}`,
          arr: `${two(arrival)}${two(m)}${overnight ? '+1' : ''}`,
        };
        return shownJson(legacy, answer(overnight ? day.plus(1) : day), answer(day));
      },
    },
    {
      name: 'arrival_next_day_resolved',
      why: 'The mark +1 at the time of arrival means the next day, which the new date says.',
    },
    {
      name: 'arrival_next_day_ignored',
      why: 'The mark +1 is ignored, so the flight lands hours before it takes off.',
      critical: true,
    },
  ),
  ...coded(
    ['cabin', 'serviceClass', 'bookedCabin', 'compartment'],
    [
      ['F', 'FIRST'],
      ['C', 'BUSINESS'],
      ['W', 'PREMIUM_ECONOMY', 'ECONOMY'],
      ['Y', 'ECONOMY'],
    ],
    {
      name: 'cabin_letter_spelled_out',
      why: 'The letters of the cabins are spelled out as the trade uses them.',
    },
    {
      name: 'cabin_premium_into_economy',
      why: 'W and Y are both answered as ECONOMY, so passengers in premium economy are downgraded.',
      critical: true,
    },
    4,
  ),
  ...coded(
    ['ticketStatus', 'couponStatus', 'docState', 'usage'],
    [
      ['OPEN FOR USE', 'open_for_use'],
      ['FLOWN', 'flown'],
      ['REFUNDED', 'refunded', 'open_for_use'],
      ['VOID', 'void', 'open_for_use'],
      ['EXCHANGED', 'exchanged'],
    ],
    {
      name: 'coupon_status_in_snake_case',
      why: 'The same words in small letters with underscores.',
    },
    {
      name: 'coupon_dead_into_open',
      why: 'Void or refunded coupons are answered as open for use.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['routing', 'itinerary', 'via', 'sectors'],
      value(random) {
        const stops = random.shuffled(airports).slice(0, random.int(3, 4));
        const legs = stops.slice(1).map((to, at) => ({ from: stops[at], to }));
        return shownJson(stops.join('-'), legs, legs.slice(0, -1));
      },
    },
    {
      name: 'routing_into_legs',
      why: 'Each pair of neighbouring airports of the routing is one leg.',
    },
    {
      name: 'routing_without_last_leg',
      why: 'The last leg is missing, so the journey ends at the place of a change.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['party', 'travellerCounts', 'paxMix', 'occupancy'],
      value(random) {
        const [adults, children] = [random.int(1, 4), random.int(1, 3)];
        return shownJson(
          `${adults}ADT${children}CHD`,
          { adults, children },
          { adults: adults + children, children: 0 },
        );
      },
    },
    {
      name: 'party_text_into_counts',
      why: 'The same numbers of adults and children, as members of an object.',
    },
    {
      name: 'party_children_as_adults',
      why: 'Children are counted as adults, who pay the full fare.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['refundable', 'meals', 'confirmed', 'changeable'],
      least: 4,
      value(random) {
        return random.chance(0.5) ? { legacy: json('1'), right: 'true' } : shown(json(''), 'false', 'true');
      },
    },
    {
      name: 'perl_truth_into_boolean',
      why: 'Perl writes true as 1 and false as the empty text; the rewrite answers JSON booleans.',
    },
    {
      name: 'perl_false_into_true',
      why: 'The empty text, which is false in Perl, is answered as true, just as the text 1 is.',
      critical: true,
    },
  ),
];
