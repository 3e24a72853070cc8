import { type Domain, reading } from './reading.ts';

/** Monday first: English, German, French; with the usual short forms. */
const WEEKDAYS = [
  'monday mon mo montag lundi lun',
  'tuesday tue tues tu dienstag di mardi',
  'wednesday wed we mittwoch mi mercredi mer',
  'thursday thu thur thurs th donnerstag do jeudi jeu',
  'friday fri fr freitag vendredi ven',
  'saturday sat sa samstag samedi',
  'sunday sun su sonntag so dimanche dim',
];
const NUMBER_OF = new Map(
  WEEKDAYS.flatMap((line, day) => line.split(' ').map((word) => [word, day + 1] as const)),
);

export const weekdays: Domain = {
  name: 'weekday',
  reads: 'A day of the week by its name, also short: MONDAY, Mon, Mo, Montag, lundi.',
  read({ text }) {
    const day = text === undefined || text.length > 12 ? undefined : NUMBER_OF.get(text.toLowerCase());
    // Two letters may be a code of anything.
    return day === undefined || text === undefined ? [] : reading('name of the day', day, text.length > 2);
  },
};
