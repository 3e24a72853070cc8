import { type Family, twins } from '../kit.ts';
import { Day, json, timeOfDay, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const families: Family[] = [
  ...twins(
    {
      fields: ['stan', 'systemTraceAuditNumber', 'traceNumber'],
      clear: true,
      least: 8,
      always: true,
      common: (random) => ({ legacy: random.int(100_000, 800_000), modern: random.int(100_000, 800_000) }),
      value(random, counters) {
        counters.legacy += random.int(2, 60);
        counters.modern += random.int(2, 60);
        return {
          legacy: json(String(counters.legacy)),
          right: json(String(counters.modern)),
          wrong: json('000000'),
          legacy2: json(String(counters.legacy + 1)),
        };
      },
    },
    {
      name: 'trace_number_own_counter',
      why: 'The trace number is a running counter, new in each run of legacy too.',
    },
    {
      name: 'trace_number_always_zero',
      critical: true,
      why: 'Legacy gives every message a new trace number, the rewrite always zeros, so reversals find no original.',
    },
  ),
  ...twins(
    {
      fields: ['transmittedAt', 'authorizedAt', 'transmissionTime'],
      common: (random) => random.pick([1, 2, 3, 8, -5, -8]),
      value(random, hours) {
        const day = Day.any(random, 2025, 2026);
        const time = timeOfDay(random);
        const offset = `${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}:00`;
        const local = new Date(day.date.getTime() + ((time.h + hours) * 3600 + time.m * 60 + time.s) * 1000);
        return shownJson(
          `${day.dd} ${monthNames[day.month - 1]} ${day.yyyy} ${time.text} GMT`,
          `${local.toISOString().slice(0, 19)}${offset}`,
          `${day.iso}T${time.text}${offset}`,
        );
      },
    },
    {
      name: 'transmission_gmt_with_offset',
      why: 'The clock time was moved by exactly the offset that is written, so it is the same moment.',
    },
    {
      name: 'transmission_gmt_relabelled',
      critical: false,
      why: 'The clock time of GMT is kept and an offset of another zone is written behind it: another moment.',
    },
  ),
  ...twins(
    {
      fields: ['respondBy', 'disputeDeadline', 'representmentDue'],
      clear: true,
      least: 3,
      always: true,
      value(random) {
        const due = Day.any(random, 2025, 2026);
        const late = (due.date.getUTCDay() + 1) % 7; // 0 on Saturdays, 1 on Sundays
        const work = late < 2 ? due.plus(-1 - late) : due;
        return shownJson(work.iso.replaceAll('-', ''), work.iso, due.iso);
      },
    },
    { name: 'dispute_deadline_with_dashes', why: 'The same calendar days, written with dashes.' },
    {
      name: 'dispute_deadline_on_weekend',
      critical: true,
      why: 'Legacy moves a deadline before the weekend, the rewrite answers the Saturday or Sunday itself.',
    },
  ),
  ...twins(
    {
      fields: ['terminal', 'terminalState', 'device'],
      least: 3,
      always: true,
      value(random) {
        const id = random.digits(8);
        const [open, amount] = [random.chance(0.6), random.int(0, 140)];
        const legacy = { tid: id, batchOpen: open ? 'Y' : 'N', count: String(amount).padStart(4, '0') };
        const right = { tid: id, batchOpen: open, count: amount };
        return open
          ? { legacy: json(legacy), right: json(right) }
          : shownJson(legacy, right, { ...right, batchOpen: true });
      },
    },
    {
      name: 'terminal_flags_typed',
      why: 'Y and N become true and false and the padded count a number: the same state of the terminal.',
    },
    {
      name: 'terminal_flag_always_true',
      critical: true,
      why: 'N is a closed batch, yet the rewrite takes any text for true and answers that it is open.',
    },
  ),
];
