import { asIs, asNumber, type Told, toldLine } from './told-lines.ts';

const CLASS = '[1-9](?:\\.[1-6])?';
const LINE = new RegExp(
  `^UN ?([0-9]{4})(?:,? (.{2,120}?))?, (${CLASS})(?: ?\\((${CLASS}(?:, ?${CLASS})*)\\))?(?:, (?:PG )?(I{1,3}))?(?:, \\(([A-E](?:/[A-E])?|-)\\))?(?:[,;] ([0-9]{1,7}) ([A-Za-z]{1,12}))?$`,
);

const letters = (part: string) => asIs(part, /^.{2,120}$/);
const unit = (value: string): Told | undefined =>
  /^[A-Za-z]{1,12}$/.test(value) ? { unit: value.toUpperCase() } : undefined;

const inUnit =
  (of: string) =>
  (value: string): Told | undefined => {
    const told = asNumber('amount')(value);
    return told && { ...told, unit: of };
  };

/** An entry of the transport document for dangerous goods (ADR 5.4.1.1.1). */
export const dangerousGoods = toldLine({
  name: 'dangerous-goods',
  reads:
    'A line of the transport document for dangerous goods (ADR): "UN 1230, METHANOL, 3 (6.1), II, (D/E)" and its members, with the subsidiary hazards and the packing group.',
  text(text) {
    const match = text.length > 200 ? null : LINE.exec(text);
    if (match === null) return undefined;
    const [, un = '', name = '', hazard = '', more = '', group = '', tunnel = '', amount = '', packed = ''] =
      match;
    return {
      un,
      name,
      class: hazard,
      subsidiary: more.replaceAll(' ', ''),
      group,
      tunnel,
      amount,
      unit: packed.toUpperCase(),
    };
  },
  needs: ['un', 'class'],
  members: [
    [
      /^un\b/,
      (value) => {
        const [, un] = /^(?:UN ?)?([0-9]{4})$/.exec(value) ?? [];
        return un === undefined ? undefined : { un };
      },
    ],
    [/\bname\b|^(?:substance|goods|description)$/, letters('name')],
    [/\bsubsidiary\b|\bsecondary\b/, asIs('subsidiary', /^[1-9][0-9.,]*$/)],
    [
      /^hazards?\b/,
      (value) => {
        const [first = '', ...others] = value.split(',');
        return /^[0-9.,]+$/.test(value) ? { class: first, subsidiary: others.join(',') } : undefined;
      },
    ],
    [
      /^(?:hazard )?class\b/,
      (value) => {
        const [, hazard, more] = /^([1-9](?:\.[1-6])?)(?: ?\(([0-9., ]+)\))?$/.exec(value) ?? [];
        if (hazard === undefined) return undefined;
        return { class: hazard, ...(more !== undefined && { subsidiary: more.replaceAll(' ', '') }) };
      },
    ],
    [/\bgroup\b/, asIs('group', /^I{1,3}$/)],
    [
      /\btunnel\b/,
      (value) =>
        /^\(?(?:[A-E](?:\/[A-E])?|-)\)?$/.test(value) ? { tunnel: value.replaceAll(/[()]/g, '') } : undefined,
    ],
    [/\b(?:litres|liters)$/, inUnit('L')],
    [/\b(?:kg|kilograms?)$/, inUnit('KG')],
    [/\b(?:count|value|quantity|amount|number)$/, asNumber('amount')],
    [/\b(?:unit|kind|type)$/, unit],
  ],
});
