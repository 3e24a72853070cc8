/** Families of consents and rights. */
import { type Family, twins } from '../kit.ts';
import { Day, json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const optOut = twins(
  {
    fields: ['consents', 'contactPreferences', 'marketing'],
    least: 3,
    value(random) {
      const [mail, phone] = [random.chance(0.4), random.chance(0.6)];
      const flag = (on: boolean) => json(on ? 'Y' : 'N');
      const modern = (a: boolean, b: boolean) => object({ mailAllowed: String(a), phoneAllowed: String(b) });
      return shown(
        object({ OPTOUT_MAIL: flag(mail), OPTOUT_PHONE: flag(phone) }),
        modern(!mail, !phone),
        modern(mail, phone),
      );
    },
  },
  {
    name: 'opt_out_as_allowed',
    why: 'Who has not opted out may be contacted: the flag was turned with its name.',
  },
  {
    name: 'opt_out_ignored',
    why: 'The opt-out was taken over as permission: who refused is contacted.',
    critical: true,
  },
);

const withdrawal = twins(
  {
    fields: ['consent', 'dataConsent', 'treatmentConsent'],
    value(random) {
      const given = Day.any(random, 2016, 2022);
      const withdrawn = random.chance(0.45) ? given.plus(random.int(20, 900)) : undefined;
      const active = object({ status: json('ACTIVE'), since: json(given.iso) });
      const legacy = { GIVEN: json(given.iso), WITHDRAWN: json(withdrawn?.iso ?? '') };
      if (withdrawn === undefined) return shown(object(legacy), active, active);
      return shown(object(legacy), object({ status: json('WITHDRAWN'), since: json(withdrawn.iso) }), active);
    },
  },
  {
    name: 'consent_state_derived',
    why: 'A consent with a date of withdrawal is withdrawn since then, any other is active.',
  },
  { name: 'withdrawn_still_active', why: 'Withdrawn consents are answered as active.', critical: true },
);

const rightNames = ['read', 'write', 'approve', 'delete', 'export'] as const;
const privileges = twins(
  {
    fields: ['permissions', 'privileges', 'access'],
    least: 4,
    value(random) {
      const granted = rightNames.filter((_, at) => random.chance(at === 0 ? 0.95 : 0.4));
      const rows = rightNames.map((name) => [name.toUpperCase(), json(granted.includes(name) ? 'Y' : 'N')]);
      return shown(
        object(Object.fromEntries(rows) as Record<string, string>),
        list(granted.map(json)),
        list(rightNames.map(json)),
      );
    },
  },
  { name: 'rights_listed', why: 'The list names exactly the rights that legacy marks with Y.' },
  {
    name: 'rights_all_granted',
    why: 'Every right that is mentioned was granted, those marked N too.',
    critical: true,
  },
);

const unanswered = twins(
  {
    fields: ['organDonor', 'mayShareWithFamily', 'advanceDirective'],
    value(random) {
      const answer = random.pick(['Y', 'N', ' ', ' ']);
      const right = answer === ' ' ? 'null' : String(answer === 'Y');
      return shown(json(answer), right, answer === ' ' ? 'true' : right);
    },
  },
  { name: 'unanswered_null', why: 'Yes, no, and a blank for no answer, which became null.' },
  {
    name: 'unanswered_counts_as_yes',
    why: 'People who never answered are answered as having agreed.',
    critical: true,
  },
);

export const families: readonly Family[] = [...optOut, ...withdrawal, ...privileges, ...unanswered];
