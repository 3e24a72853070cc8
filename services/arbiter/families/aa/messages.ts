/** Messages to customers in several languages. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

interface Language {
  readonly months: readonly string[];
  readonly old: (number: string, day: Day) => string;
  readonly fresh: (number: string, day: string) => string;
  readonly day: (day: number, month: string, year: number) => string;
}
const split = (names: string) => names.split(' ');
const languages: readonly Language[] = [
  {
    months: split('Januar Februar März April Mai Juni Juli August September Oktober November Dezember'),
    old: (number, { dd, mm, yyyy }) => `Ihr Paket ${number} wird am ${dd}.${mm}.${yyyy} zugestellt.`,
    fresh: (number, day) => `Wir stellen Ihnen das Paket ${number} am ${day} zu.`,
    day: (day, month, year) => `${day}. ${month} ${year}`,
  },
  {
    months: split('janvier février mars avril mai juin juillet août septembre octobre novembre décembre'),
    old: (number, { dd, mm, yyyy }) => `Votre colis ${number} sera livré le ${dd}/${mm}/${yyyy}.`,
    fresh: (number, day) => `Nous livrerons votre colis ${number} le ${day}.`,
    day: (day, month, year) => `${day === 1 ? '1er' : day} ${month} ${year}`,
  },
  {
    months: split('enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'),
    old: (number, { dd, mm, yyyy }) => `Su paquete ${number} se entregará el ${dd}/${mm}/${yyyy}.`,
    fresh: (number, day) => `Entregaremos su paquete ${number} el ${day}.`,
    day: (day, month, year) => `${day} de ${month} de ${year}`,
  },
  {
    months: split(
      'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
    ),
    old: (number, { dd, mm, yyyy }) => `Il pacco ${number} sarà consegnato il ${dd}/${mm}/${yyyy}.`,
    fresh: (number, day) => `Consegneremo il suo pacco ${number} il giorno ${day}.`,
    day: (day, month, year) => `${day} ${month} ${year}`,
  },
  {
    months: split(
      'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
    ),
    old: (number, { dd, mm, yyyy }) => `Paczka ${number} zostanie doręczona ${dd}.${mm}.${yyyy}.`,
    fresh: (number, day) => `Doręczymy Państwa paczkę ${number} w dniu ${day}`,
    day: (day, month, year) => `${day} ${month} ${year} r.`,
  },
];
const delivery = twins(
  {
    fields: ['smsText', 'deliveryNotice', 'benachrichtigung', 'push.body'],
    least: 10,
    value(random) {
      const language = random.pick(languages);
      const number = `${random.text('ABCDEFGH', 2)}${random.digits(6)}`;
      const day = Day.any(random, 2023, 2026);
      const long = (dayOfMonth: number, month: number) =>
        language.fresh(number, language.day(dayOfMonth, language.months[month - 1]!, day.year));
      return shownJson(
        language.old(number, day),
        long(day.day, day.month),
        day.day <= 12 ? long(day.month, day.day) : long(day.day, day.month),
      );
    },
  },
  {
    name: 'aa_notice_reworded_same_day',
    why: 'The notice is worded anew in the same language, with the month in letters; parcel and day are the same.',
  },
  {
    name: 'aa_notice_day_month_swapped',
    why: 'In all these languages the day comes first; up to the twelfth, day and month changed places in the new wording.',
    critical: false,
  },
);

const plurals: readonly ((count: number) => readonly [old: string, fresh: string])[] = [
  (n) => {
    const form = n === 1 ? 'Pozostał 1 dzień' : n < 5 ? `Pozostały ${n} dni` : `Pozostało ${n} dni`;
    return [`Liczba dni do końca terminu: ${n}`, `${form} do końca terminu.`];
  },
  (n) => {
    const form = n === 1 ? 'Остался 1 день' : n < 5 ? `Осталось ${n} дня` : `Осталось ${n} дней`;
    return [`До конца срока (дней): ${n}`, `${form} до конца срока.`];
  },
  (n) => {
    const form = n === 1 ? 'Zbývá 1 den' : n < 5 ? `Zbývají ${n} dny` : `Zbývá ${n} dní`;
    return [`Počet dní do konce lhůty: ${n}`, `${form} do konce lhůty.`];
  },
  (n) => [
    `Days left to object: ${n}`,
    n === 1 ? 'You have 1 day left to object.' : `You have ${n} days left to object.`,
  ],
  (n) => [
    `Verbleibende Tage für den Widerspruch: ${n}`,
    `Sie haben noch ${n} ${n === 1 ? 'Tag' : 'Tage'} Zeit für den Widerspruch.`,
  ],
];
const deadline = twins(
  {
    fields: ['deadlineNotice', 'reminder', 'hinweis', 'statusText'],
    least: 10,
    value(random) {
      const language = random.pick(plurals);
      const left = random.int(1, 14);
      return shownJson(language(left)[0], language(left)[1], language(left + 1)[1]);
    },
  },
  {
    name: 'aa_deadline_proper_plural',
    why: 'The number of days is the same; only the sentence has the plural form its language wants.',
  },
  {
    name: 'aa_deadline_day_too_many',
    why: 'The new sentence grants a day more than is left: who trusts it misses the deadline.',
    critical: true,
  },
);

const arabic = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
const booking = twins(
  {
    fields: ['arabicMessage', 'bookingText', 'rtlText', 'msg_ar'],
    least: 8,
    value(random) {
      const number = `${random.int(1, 9)}${random.digits(5)}`;
      const [before, after] = random.pick([
        ['رقم الحجز: ', ''],
        ['تم تأكيد طلبك رقم ', '.'],
        ['رقم الدور ', ' في الفرع الرئيسي'],
      ] as const);
      const reversed = [...number].reverse().join('');
      return shownJson(
        `${before}${arabic(number)}${after}`,
        `${before}${number}${after}`,
        `${before}${reversed}${after}`,
      );
    },
  },
  {
    name: 'aa_arabic_digits_western',
    why: 'Arabic-Indic and western digits are both read from the left to the right: the same number in the same sentence.',
  },
  {
    name: 'aa_arabic_digits_reversed',
    why: 'The digits were turned round with the direction of the script: another booking number.',
    critical: true,
  },
);

const outcome = coded(
  ['outcomeText', 'decisionLetter', 'meldung', 'paymentMessage'],
  [
    [
      'Ihre Lastschrift wurde zurückgegeben.',
      'Die Abbuchung konnte nicht eingelöst werden.',
      'Die Abbuchung wurde eingelöst.',
    ],
    ['Ihre Zahlung ist eingegangen.', 'Wir haben Ihr Geld erhalten. Vielen Dank!'],
    [
      'Votre demande de prêt est refusée.',
      'Nous ne pouvons pas donner suite à votre demande de crédit.',
      'Nous donnons suite à votre demande de crédit.',
    ],
    ['Votre virement a été exécuté.', 'Votre virement est parti.'],
    [
      'Su reclamación ha sido desestimada.',
      'No hemos aceptado su reclamación.',
      'Hemos aceptado su reclamación.',
    ],
    [
      'Il sinistro è coperto dalla polizza.',
      'La sua assicurazione paga questo danno.',
      'La sua assicurazione non paga questo danno.',
    ],
    ['Din ansökan har beviljats.', 'Vi har godkänt din ansökan.', 'Vi har tagit emot din ansökan.'],
    ['Uw polis is beëindigd.', 'Uw verzekering is gestopt.', 'Uw verzekering loopt door.'],
    ['Your claim was not admitted.', 'We are unable to pay your claim.', 'We are able to pay your claim.'],
  ],
  {
    name: 'aa_outcome_plain_language',
    why: 'Each decision is told in plainer words of the same language, and is the same decision.',
  },
  {
    name: 'aa_outcome_decision_turned',
    why: 'Some letters say the opposite or something else: a refusal reads as a promise, a grant as a mere receipt.',
    critical: true,
  },
  10,
);

const eras = [
  ['令和', 2018, 1, 8],
  ['平成', 1988, 2, 30],
  ['昭和', 1925, 2, 63],
] as const;
const era = twins(
  {
    fields: ['wareki', 'birthDateJp', 'contractDay', 'hizuke'],
    least: 12,
    value(random) {
      const [name, before, first, last] = random.pick(eras);
      const year = random.chance(0.3) ? first : random.int(first, last);
      const start = name === '令和' && year === 1 ? 5 : 1;
      const [month, day] = [random.int(start, 12), random.int(1, 28)];
      const legacy = `${name}${year === 1 ? '元' : year}年${month}月${day}日`;
      const iso = (offset: number) => Day.of(before + year - offset, month, day).iso;
      return shownJson(legacy, iso(0), iso(year === 1 ? 1 : 0));
    },
  },
  {
    name: 'aa_era_year_to_common_year',
    why: 'Reiwa begins in 2019, Heisei in 1989, Showa in 1926, and 元年 is the first year of an era: the same day.',
  },
  {
    name: 'aa_era_first_year_as_zero',
    why: '元年, the first year of an era, was read as year zero: those dates lie a year too early.',
    critical: true,
  },
);

export const families: readonly Family[] = [...delivery, ...deadline, ...booking, ...outcome, ...era];
