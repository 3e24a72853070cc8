/** An airline and hotel group: days, hours, nights, taxes by night and what is left. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** Days on which the clocks of Europe go forward. */
const shortDays = [Day.of(2024, 3, 31), Day.of(2025, 3, 30), Day.of(2026, 3, 29)];

export const families: Family[] = [
  ...twins(
    {
      fields: ['arrival', 'arrivesAt', 'scheduledArrival'],
      always: true,
      value(random) {
        const [hour, minute] = [two(random.int(0, 23)), two(random.int(0, 11) * 5)];
        const later = random.chance(0.4) ? 1 : 0;
        const answer = (dayOffset: number) => ({ time: `${hour}:${minute}`, dayOffset });
        return shownJson(`${hour}${minute}${later ? '+1' : ''}`, answer(later), answer(0));
      },
    },
    { name: 'arrival_next_day_offset', why: 'The +1 behind the time is the offset of one day.' },
    {
      name: 'arrival_next_day_lost',
      critical: true,
      why: 'Flights that arrive on the next day (+1) are answered as arriving on the day of departure.',
    },
  ),
  ...twins(
    {
      fields: ['flightDuration', 'elapsedTime', 'blockTime'],
      clear: true,
      value(random) {
        const [hours, minutes] = [random.int(1, 15), random.int(1, 59)];
        return shownJson(
          `${two(hours)}h${two(minutes)}m`,
          `PT${hours}H${minutes}M`,
          `PT${hours}M${minutes}S`,
        );
      },
    },
    { name: 'duration_iso', why: 'The same hours and minutes in the writing of ISO 8601.' },
    {
      name: 'duration_minutes_and_seconds',
      critical: false,
      why: 'Hours and minutes are answered as minutes and seconds.',
    },
  ),
  ...twins(
    {
      fields: ['segment', 'itinerary', 'leg'],
      always: true,
      value(random) {
        const booked = Day.any(random, 2024, 2026);
        const departs = booked.plus(random.int(3, 240));
        const short = `${departs.dd}${monthNames[departs.month - 1]}`;
        const answer = (year: number) => ({
          booked: booked.iso,
          departs: `${year}-${departs.mm}-${departs.dd}`,
        });
        if (short === '29FEB')
          return { legacy: json({ booked: booked.iso, departs: short }), right: json(answer(departs.year)) };
        return shownJson({ booked: booked.iso, departs: short }, answer(departs.year), answer(booked.year));
      },
    },
    {
      name: 'departure_year_after_booking',
      why: 'Airlines write the day without the year, and the next such day after the booking is meant.',
    },
    {
      name: 'departure_year_of_booking',
      critical: true,
      why: 'Flights of next January get the year of the booking, so they depart before they were booked.',
    },
  ),
  ...twins(
    {
      fields: ['operatingDays', 'daysOfOperation', 'frequency'],
      once: true,
      clear: true,
      value(random) {
        const days = [1, 2, 3, 4, 5, 6, 7].filter(() => random.chance(0.5));
        const kept = days.length > 0 && days.length < 7 ? days : [1, 3, 5];
        const legacy = [1, 2, 3, 4, 5, 6, 7].map((day) => (kept.includes(day) ? day : '.')).join('');
        return shownJson(
          legacy,
          kept.map((day) => weekdays[day % 7]),
          kept.map((day) => weekdays[day - 1]),
        );
      },
    },
    {
      name: 'operating_days_monday_first',
      why: 'In schedules of airlines 1 is Monday and 7 is Sunday, and the names of these days are answered.',
    },
    {
      name: 'operating_days_sunday_first',
      critical: false,
      why: '1 is taken for Sunday, so all flights operate a day early.',
    },
  ),
  ...twins(
    {
      fields: ['stay', 'reservation', 'roomNights'],
      always: true,
      value(random) {
        const change = random.chance(0.4);
        const inDay = change
          ? random.pick(shortDays).plus(-random.int(0, 2))
          : Day.of(random.int(2024, 2026), random.pick([1, 2, 5, 6, 7, 8, 9, 11]), random.int(1, 22));
        const nights = random.int(change ? 3 : 1, 6);
        const outDay = inDay.plus(nights);
        const answer = (count: number) => ({ checkIn: inDay.iso, checkOut: outDay.iso, nights: count });
        const legacy = { checkIn: inDay.iso, checkOut: outDay.iso, nights: two(nights) };
        return change
          ? shownJson(legacy, answer(nights), answer(nights - 1))
          : { legacy: json(legacy), right: json(answer(nights)) };
      },
    },
    { name: 'stay_nights_as_number', why: 'The same days, and the same nights as a number without padding.' },
    {
      name: 'stay_nights_over_short_day',
      critical: true,
      why: 'Stays over the change to summer time have an hour less and lose a whole night of the invoice.',
    },
  ),
  ...twins(
    {
      fields: ['cityTax', 'touristTax', 'localTax'],
      always: true,
      value(random) {
        const [persons, nights, rate] = [
          random.int(1, 4),
          random.int(1, 7),
          random.pick([150, 200, 250, 350, 400]),
        ];
        const texts = {
          persons: String(persons),
          nights: String(nights),
          perPersonAndNight: decimal(rate, 2),
        };
        const answer = (units: number) => ({
          persons,
          nights,
          perPersonAndNight: rate / 100,
          tax: units / 100,
        });
        return shownJson(
          { ...texts, tax: decimal(persons * nights * rate, 2) },
          answer(persons * nights * rate),
          answer(nights * rate),
        );
      },
    },
    { name: 'city_tax_as_numbers', why: 'Persons, nights, rate and tax are the same values as numbers.' },
    {
      name: 'city_tax_for_one_person',
      critical: true,
      why: 'The tax is due for every person and night, and the rewrite takes it for one person only.',
    },
  ),
  ...twins(
    {
      fields: ['seatsLeft', 'roomsLeft', 'availableNow'],
      clear: true,
      least: 10,
      always: true,
      value(random) {
        const left = random.int(2, 40);
        const near = () => String(Math.max(0, left + random.pick([-1, 0, 0, 0, 1])));
        return { legacy: near(), right: near(), wrong: '9', legacy2: near() };
      },
    },
    {
      name: 'seats_left_live',
      why: 'The counter is live: a second run of legacy moves by a seat or two as the rewrite does.',
    },
    {
      name: 'seats_left_always_nine',
      critical: false,
      why: 'Legacy follows what is left, from a few to forty, and the rewrite always answers nine.',
    },
  ),
];
