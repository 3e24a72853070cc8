/** Jobs and their schedules, of a software company's own APIs. */
import { twins } from '../kit.ts';
import { json, list } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

export const families = [
  ...twins(
    {
      fields: ['schedule', 'cron', 'runsAt'],
      value(random) {
        const [minute, hour, day] = [random.int(0, 59), random.int(0, 23), random.int(0, 6)];
        const line = (at: number) => `${minute} ${hour} * * ${weekdays[at % 7]}`;
        return shownJson(`${minute} ${hour} * * ${day}`, line(day), line(day + 6));
      },
    },
    {
      name: 'u_cron_weekday_named',
      why: 'Cron counts the days of the week from Sunday as 0; the rewrite writes their names.',
    },
    {
      name: 'u_cron_weekday_counted_from_one',
      critical: false,
      why: 'Days were counted from Sunday as 1, so jobs run one day early: 1 became Sunday instead of Monday.',
    },
  ),
  ...twins(
    {
      fields: ['durationMs', 'elapsedMs', 'tookMillis'],
      clear: true,
      least: 6,
      always: true,
      value(random) {
        const base = random.int(80, 900);
        const run = () => Math.round(base * (0.9 + random.next() * 0.25));
        return {
          legacy: String(run()),
          legacy2: String(run()),
          right: String(run()),
          wrong: String(run() * 1_000 + random.int(0, 999)),
        };
      },
    },
    {
      name: 'u_duration_jitter',
      why: 'Every run takes a little more or less; the rewrite stays within what legacy itself varies.',
    },
    {
      name: 'u_duration_in_microseconds',
      critical: false,
      why: 'The rewrite is always about a thousand times higher: it counts microseconds under a name of milliseconds.',
    },
  ),
  ...twins(
    {
      fields: ['priority', 'queue', 'severity'],
      once: true,
      least: 4,
      value(random) {
        const [legacy, right, wrong] = random.pick([
          ['P1 - critical', 1, 4],
          ['P2 - high', 2, 3],
          ['P3 - normal', 3, 2],
          ['P4 - low', 4, 1],
        ] as const);
        return shownJson(
          legacy,
          { rank: right, name: legacy.slice(5) },
          { rank: wrong, name: legacy.slice(5) },
        );
      },
    },
    {
      name: 'u_priority_rank_and_name',
      why: 'Number and name of the priority, from one text to two members.',
    },
    {
      name: 'u_priority_upside_down',
      critical: false,
      why: 'The names are kept, but critical has the rank of low and low the rank of critical.',
    },
  ),
  ...twins(
    {
      fields: ['runtime', 'jobLength', 'uptime'],
      value(random) {
        const [h, m] = [random.int(1, 9), random.int(1, 59)];
        return shown(json(`${h}h ${m}m`), json(`PT${h}H${m}M`), json(`PT${h}M${m}S`));
      },
    },
    { name: 'u_runtime_iso', why: 'The same hours and minutes as an ISO 8601 duration.' },
    { name: 'u_runtime_a_unit_down', critical: false, why: 'Hours became minutes and minutes seconds.' },
  ),
  ...twins(
    {
      fields: ['dependencies', 'runsAfter', 'steps'],
      value(random) {
        const steps = random
          .shuffled(['extract', 'clean', 'load', 'index', 'notify', 'archive'])
          .slice(0, random.int(3, 5));
        const text = (names: readonly string[]) => list(names.map((name) => json(name)));
        return shown(json(steps.join(' -> ')), text(steps), text(steps.toReversed()));
      },
    },
    {
      name: 'u_step_arrows_to_list',
      why: 'The steps that arrows connect, in a list from the first to the last.',
    },
    {
      name: 'u_steps_backwards',
      critical: false,
      why: 'The steps stand from the last to the first, against their arrows.',
    },
  ),
];
