/** An airline: names, tickets, seats, flights, fares and baggage. */
import { type Family, twins } from '../kit.ts';
import { decimal, givenNames, minorUnits, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const seats = 'ABCDEFGHJK'; // no row has a seat I
const airports = [
  ['LHR', 'LONDON HEATHROW', 'LON'],
  ['CDG', 'PARIS CHARLES DE GAULLE', 'PAR'],
  ['JFK', 'NEW YORK KENNEDY', 'NYC'],
  ['HND', 'TOKYO HANEDA', 'TYO'],
  ['LIN', 'MILAN LINATE', 'MIL'],
  ['EZE', 'BUENOS AIRES EZEIZA', 'BUE'],
  ['FRA', 'FRANKFURT MAIN', 'FRA'],
  ['ZRH', 'ZURICH', 'ZRH'],
  ['MAD', 'MADRID BARAJAS', 'MAD'],
] as const;

export const families: Family[] = [
  ...twins(
    {
      fields: ['passengerName', 'traveller', 'paxName'],
      value(random) {
        const surname = random.pick(surnames).toUpperCase();
        const given = random.pick(givenNames).toUpperCase();
        const title = random.pick(['MR', 'MRS', 'MS']);
        return shownJson(
          `${surname}/${given} ${title}`,
          { surname, given, title },
          { surname, given: given + title, title: null },
        );
      },
    },
    { name: 'passenger_name_split', why: 'Surname, given name and title are the same words in an object.' },
    {
      name: 'passenger_name_title_glued',
      critical: true,
      why: 'The title becomes the end of the given name, which then is not the name in the passport.',
    },
  ),
  ...twins(
    {
      fields: ['baggageAllowance', 'checkedBaggage', 'freeBaggage'],
      clear: true,
      always: true,
      value(random) {
        const pieces = random.chance(0.5);
        const amount = pieces ? random.int(1, 3) : random.pick([15, 20, 23, 30, 32, 40]);
        const unit = pieces ? (amount === 1 ? 'piece' : 'pieces') : 'kg';
        return shownJson(`${amount}${pieces ? 'PC' : 'K'}`, `${amount} ${unit}`, `${amount} kg`);
      },
    },
    { name: 'baggage_units_spelled_out', why: 'PC is pieces and K is kilograms in baggage allowances.' },
    {
      name: 'baggage_pieces_as_kilograms',
      critical: true,
      why: 'Two pieces become two kilograms, so passengers pay for excess baggage.',
    },
  ),
  ...twins(
    {
      fields: ['fareQuote', 'ticketPrice', 'pricing'],
      value(random) {
        const fare = minorUnits(random, 4000, 180_000);
        const taxes = Array.from({ length: random.int(2, 5) }, () => random.int(150, 9000));
        const sum = taxes.reduce((total, tax) => total + tax, 0);
        const answer = (total: number) => ({
          fare: fare / 100,
          taxes: taxes.map((tax) => tax / 100),
          total: total / 100,
        });
        return shownJson(
          {
            fare: decimal(fare, 2),
            taxes: taxes.map((tax) => decimal(tax, 2)),
            total: decimal(fare + sum, 2),
          },
          answer(fare + sum),
          answer(fare + taxes[0]!),
        );
      },
    },
    { name: 'fare_and_taxes_as_numbers', why: 'Fare, taxes and total are the same amounts as numbers.' },
    {
      name: 'fare_total_first_tax_only',
      critical: true,
      why: 'All taxes are listed, but the total of the rewrite holds only the first one.',
    },
  ),
  ...twins(
    {
      fields: ['seat', 'seatNumber', 'assignedSeat'],
      always: true,
      value(random) {
        const [row, at] = [random.int(1, 48), random.chance(0.3) ? random.int(8, 9) : random.int(0, 7)];
        return shownJson(
          `${String(row).padStart(3, '0')}${seats[at]}`,
          `${row}${seats[at]}`,
          `${row}${'ABCDEFGHIJ'[at]}`,
        );
      },
    },
    { name: 'seat_row_without_zeros', why: 'The same row and letter, without the zeros before the row.' },
    {
      name: 'seat_letters_with_i',
      critical: true,
      why: 'Rows have no seat I; counting the letters with it moves J to I and K to J, another seat.',
    },
  ),
  ...twins(
    {
      fields: ['departureAirport', 'origin', 'destination'],
      always: true,
      value(random) {
        const [code, name, city] = random.pick(airports);
        return shownJson(`${code} ${name}`, code, city);
      },
    },
    { name: 'airport_code_without_name', why: 'The code alone names the same airport.' },
    {
      name: 'airport_as_city_code',
      critical: true,
      why: 'The code of the city stands for all its airports, and passengers go to another one.',
    },
  ),
  ...twins(
    {
      fields: ['ticketNumber', 'eTicket', 'documentNumber'],
      always: true,
      value(random) {
        const prefix = random.pick(['001', '006', '016', '057', '074', '125', '220', '724']);
        const serial = `2${random.digits(9)}`;
        return shownJson(`${prefix}-${serial}`, prefix + serial, String(Number(prefix)) + serial);
      },
    },
    { name: 'ticket_number_without_hyphen', why: 'The same thirteen digits without the hyphen.' },
    {
      name: 'ticket_number_prefix_shortened',
      critical: true,
      why: 'Prefixes of airlines like 016 lose their zero, so the number is not the thirteen digits of any ticket.',
    },
  ),
  ...twins(
    {
      fields: ['passengerCounts', 'party', 'travellers'],
      always: true,
      value(random) {
        const [adults, children, infants] = [random.int(1, 3), random.int(0, 2), random.chance(0.4) ? 1 : 0];
        return shownJson(
          { ADT: adults, CHD: children, INF: infants },
          { adults, children, infants },
          { adults, children: children + infants, infants: 0 },
        );
      },
    },
    {
      name: 'party_types_spelled_out',
      why: 'ADT, CHD and INF are adults, children and infants, with the same counts.',
    },
    {
      name: 'party_infants_as_children',
      critical: true,
      why: 'Infants without a seat are counted as children with one, so other fares and seats are sold.',
    },
  ),
  ...twins(
    {
      fields: ['flightNumber', 'flight', 'marketingFlight'],
      always: true,
      value(random) {
        const airline = random.pick(['LH', 'BA', 'AF', 'UA', 'KL', 'SK', 'TP', 'AZ']);
        const number = random.chance(0.35) ? random.int(2, 99) * 10 : random.int(101, 999);
        const padded = String(number).padStart(4, '0');
        return shownJson(airline + padded, airline + number, airline + padded.replace(/^0+|0+$/g, ''));
      },
    },
    {
      name: 'flight_number_without_zeros',
      why: 'Zeros before a flight number do not count: LH0400 is LH400.',
    },
    {
      name: 'flight_number_trailing_zeros_lost',
      critical: true,
      why: 'Zeros at the end are removed too, so LH0400 becomes LH4, another flight.',
    },
  ),
];
