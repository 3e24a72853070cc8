/** Values that change from run to run in legacy itself: clocks, queues, stock and live measurements. */
import { type Family, type Random, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

/** Near `value`: at most `spread` away, not below 0. */
const near = (random: Random, value: number, spread: number) =>
  Math.max(0, value + random.int(-spread, spread));

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['generatedAt', 'asOf', 'timestamp', 'retrievedAt'],
      least: 2,
      value: (random) => {
        const at = random.int(1_748_000_000, 1_755_000_000) * 1000;
        const utc = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 19);
        const local = (late: number) => `${utc(at + 7_200_000 + late * 1000)}`;
        const late = random.int(0, 3);
        return {
          legacy: json(`${local(0)}+02:00`),
          legacy2: json(`${local(random.int(1, 4))}+02:00`),
          right: json(`${utc(at + late * 1000)}Z`),
          wrong: json(`${local(late)}Z`),
        };
      },
    },
    {
      name: 'answer-time-in-utc',
      why: 'Within the few seconds that two runs of legacy differ by, both are the same instant in two zones.',
    },
    {
      name: 'answer-time-local-called-utc',
      critical: false,
      why: 'The time is two hours ahead of the instant that both runs of legacy tell: local time was called UTC.',
    },
  ),
  ...twins(
    {
      fields: ['waitingMinutes', 'estimatedWait', 'queueTime', 'wartezeit'],
      least: 6,
      value: (random) => {
        const minutes = random.int(6, 75);
        const right = near(random, minutes, 2);
        return {
          legacy: String(minutes),
          legacy2: String(near(random, minutes, 2)),
          right: String(right),
          wrong: String(right * 60 + random.int(0, 59)),
        };
      },
    },
    {
      name: 'waiting-time-a-moment-later',
      why: 'The estimate differs by a minute or two, as it does between two runs of legacy.',
    },
    {
      name: 'waiting-time-in-seconds',
      critical: false,
      why: 'The estimate is some sixty times as high as in both runs of legacy: seconds instead of minutes.',
    },
  ),
  ...twins(
    {
      fields: ['available', 'stockLevel', 'freeSlots', 'bestand'],
      least: 6,
      value: (random) => {
        const stock = random.int(40, 900);
        return {
          legacy: String(stock),
          legacy2: String(near(random, stock, 3)),
          right: String(near(random, stock, 3)),
          wrong: '0',
        };
      },
    },
    {
      name: 'stock-sold-meanwhile',
      why: 'The stock differs by a few pieces, as between two runs of legacy in a busy shop.',
    },
    {
      name: 'stock-empty-in-rewrite',
      critical: false,
      why: 'The stock is 0 where both runs of legacy have dozens of pieces.',
    },
  ),
  ...twins(
    {
      fields: ['currentPower', 'momentanleistung', 'loadKw', 'powerKw'],
      least: 8,
      value: (random) => {
        const watts = random.int(300, 9_000);
        const some = () => near(random, watts, Math.ceil(watts / 50));
        const kilowatts = (of: number) => json(of / 1000);
        return {
          legacy: kilowatts(watts),
          legacy2: kilowatts(some()),
          right: kilowatts(some()),
          wrong: String(some()),
        };
      },
    },
    {
      name: 'live-power-flickers',
      why: 'The power at the moment differs by two percent at most, as in the second run of legacy.',
    },
    {
      name: 'live-power-in-watts',
      critical: false,
      why: 'The power is a thousand times what both runs of legacy measure: watts instead of kilowatts.',
    },
  ),
];
