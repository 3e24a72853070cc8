/** Goods and passengers that need care: dangerous goods, reservations, refunds, liability; legacy was not run twice. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const seat = twins(
  {
    fields: ['reservation', 'seatReservation', 'place'],
    once: true,
    value(random) {
      const [coach, place] = [random.int(1, 14), random.int(15, 106)];
      const modern = (first: number, second: number) => ({ coach: first, seat: second });
      const legacy = `COACH ${String(coach).padStart(2, '0')} SEAT ${String(place).padStart(3, '0')}`;
      return shownJson(legacy, modern(coach, place), modern(place, coach));
    },
  },
  {
    name: 'v_reservation_as_object',
    why: 'The same coach and the same seat, as numbers in two members.',
  },
  {
    name: 'v_reservation_coach_and_seat_swapped',
    why: 'The number of the seat is answered as the coach and that of the coach as the seat.',
    critical: false,
  },
);

const dangerous = twins(
  {
    fields: ['dangerousGoods', 'hazardousMaterial', 'adr'],
    once: true,
    least: 3,
    value(random) {
      const goods = random.pick(['', '', '', 'UN1203 3', 'UN3480 9', 'UN1950 2', 'UN1845 9']);
      if (goods === '') return { legacy: json('        '), right: 'null' };
      const [number = '', hazard = ''] = goods.split(' ');
      return shown(json(goods), object({ unNumber: json(number), class: json(hazard) }), 'null');
    },
  },
  {
    name: 'v_dangerous_goods_as_object',
    why: 'The same UN number and class, in two members; blank became null.',
  },
  {
    name: 'v_dangerous_goods_not_declared',
    why: 'Goods with a UN number in legacy are answered as not dangerous at all.',
    critical: true,
  },
);

const assistance = coded(
  ['assistance', 'specialNeeds', 'passengerHelp'],
  [
    ['WHEELCHAIR', 'wheelchair', 'none'],
    ['VISUALLY IMPAIRED', 'visually_impaired', 'none'],
    ['HEARING IMPAIRED', 'hearing_impaired', 'none'],
    ['NONE', 'none'],
    ['GUIDE DOG', 'guide_dog'],
  ],
  {
    name: 'v_assistance_lowercase',
    why: 'The same kind of assistance, in small letters with underscores.',
  },
  {
    name: 'v_assistance_dropped',
    why: 'A passenger for whom legacy has assistance booked is answered as needing none.',
    critical: true,
  },
  2,
);

const refund = twins(
  {
    fields: ['refund', 'refundAmount', 'creditedAmount'],
    clear: true,
    value(random) {
      const paid = minorUnits(random, 1_500, 40_000);
      const percent = random.pick([25, 50, 50, 75, 100]);
      const back = Math.floor((paid * percent) / 100);
      const legacy = object({
        PAID: json(decimal(paid, 2)),
        PERCENT: json(String(percent).padStart(3, '0')),
        REFUND: json(decimal(back, 2)),
      });
      const modern = (amount: number) =>
        object({ paid: decimal(paid, 2), percent: String(percent), refund: decimal(amount, 2) });
      return shown(legacy, modern(back), modern(paid - back));
    },
  },
  {
    name: 'v_refund_members_lowercase',
    why: 'Fare, percentage and refund are the same, as numbers under lower-case names.',
  },
  {
    name: 'v_refund_is_what_is_kept',
    why: 'The refund is the part of the fare that is kept, not the percentage that is given back.',
    critical: true,
  },
);

const ageCheck = twins(
  {
    fields: ['minimumAge', 'ageToCheck', 'idCheckAge'],
    clear: true,
    least: 3,
    once: true,
    value(random) {
      const age = random.pick(['00', '00', '00', '16', '18', '18']);
      return shownJson(age === '00' ? 'NO' : `YES ${age}`, age === '00' ? null : Number(age), null);
    },
  },
  {
    name: 'v_age_check_as_number',
    why: 'The age to be checked at the door is the same, and no check is null.',
  },
  {
    name: 'v_age_check_forgotten',
    why: 'Parcels for whose taker legacy demands an age of 16 or 18 are answered without any check.',
    critical: true,
  },
);

export const families: Family[] = [...seat, ...dangerous, ...assistance, ...refund, ...ageCheck];
