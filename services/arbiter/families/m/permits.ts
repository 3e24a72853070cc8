/** Rights, consent, terms and options: what somebody may do, and for how long. */
import { type Family, twins } from '../kit.ts';
import { json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const acts = ['read', 'write', 'approve', 'delete'];

const optionNames = ['roaming', 'mailbox', 'premiumNumbers', 'musicFlat', 'abroadCalls'];

const rights = twins(
  {
    fields: ['rights', 'permissions', 'access'],
    value(random) {
      const held = acts.slice(0, random.int(1, 3));
      const map = (may: (act: string) => boolean) =>
        object(Object.fromEntries(acts.map((act) => [act, String(may(act))])));
      const more = acts[held.length];
      return shown(
        list(held.map((act) => json(act.toUpperCase()))),
        map((act) => held.includes(act)),
        map((act) => held.includes(act) || act === more),
      );
    },
  },
  { name: 'rights_as_flags', why: 'exactly the rights of the list are true, all others are false' },
  { name: 'right_granted_extra', critical: true, why: 'a right is granted that legacy’s list does not hold' },
);

const consent = twins(
  {
    fields: ['consent', 'privacy', 'preferences'],
    value(random) {
      const [not, may] = random.pick([
        ['noAdvertising', 'advertisingAllowed'],
        ['doNotCall', 'mayCall'],
        ['dataSharingRefused', 'dataSharingAllowed'],
      ] as const);
      const refused = random.chance(0.6);
      return shown(
        object({ [not]: String(refused) }),
        object({ [may]: String(!refused) }),
        object({ [may]: String(refused) }),
      );
    },
  },
  {
    name: 'refusal_as_permission',
    why: 'the flag is asked the other way round and was negated with its name',
  },
  {
    name: 'refusal_not_negated',
    critical: true,
    why: 'the flag has the opposite meaning now but kept its value: a refusal became a permission',
  },
);

const terms = twins(
  {
    fields: ['term', 'validity', 'duration'],
    value(random) {
      const years = random.int(1, 10);
      const term = (value: number, unit: string) => object({ value: `${value}`, unit: json(unit) });
      return shown(term(years, 'YEARS'), term(years * 12, 'MONTHS'), term(years, 'MONTHS'));
    },
  },
  { name: 'years_as_months', why: 'the number of years was multiplied by twelve with the unit' },
  {
    name: 'years_called_months',
    critical: true,
    why: 'the unit became months but the number is still that of the years',
  },
);

const options = twins(
  {
    fields: ['options', 'services', 'tariffOptions'],
    least: 3,
    value(random) {
      const states = optionNames.map((name) => [name, random.chance(0.5)] as const);
      const on = states.filter(([, active]) => active).map(([name]) => name);
      return shown(
        object(Object.fromEntries(states.map(([name, active]) => [name, active ? '"on"' : '"off"']))),
        list(on.map(json)),
        list(optionNames.map(json)),
      );
    },
  },
  { name: 'options_that_are_on', why: 'the list holds exactly the options that legacy answers as on' },
  {
    name: 'options_off_listed',
    critical: true,
    why: 'options that are off are listed beside those that are on: the customer would pay for them',
  },
);

export const families: readonly Family[] = [...rights, ...consent, ...terms, ...options];
