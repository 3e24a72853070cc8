/** Digits that are no number, and digits that are one. */
import { defect, faithful, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

export const families = [
  ...twins(
    {
      fields: ['phone', 'mobile', 'msisdn', 'emergencyContact'],
      value(random) {
        const [country, area] = random.pick([
          ['49', '30'],
          ['44', '20'],
          ['43', '1'],
          ['41', '44'],
        ] as const);
        const rest = `${random.int(2, 9)}${random.digits(6)}`;
        return {
          legacy: json(`+${country} (0)${area} ${rest}`),
          right: json(`+${country}${area}${rest}`),
          wrong: json(`+${country}0${area}${rest}`),
        };
      },
    },
    {
      name: 'trunk_zero_removed',
      why: 'The (0) is only dialled inside the country; the international number is the same.',
    },
    {
      name: 'trunk_zero_kept',
      critical: false,
      why: 'The (0) must not be dialled behind the country code: the new number reaches nobody.',
    },
  ),
  faithful(
    {
      fields: ['quantity', 'itemCount', 'numberOfUnits', 'loyaltyPoints'],
      clear: true,
      least: 2,
      value(random) {
        const amount = String(random.int(1, 99_999));
        return { legacy: json(amount.padStart(9, '0')), right: amount };
      },
    },
    {
      name: 'zero_padded_quantity',
      why: 'Leading zeros of a quantity mean nothing: the number is the same.',
    },
  ),
  defect(
    {
      fields: ['zipCode', 'postalCode', 'sortCode', 'routingNumber', 'shipToZip'],
      clear: true,
      value(random) {
        const zip = json(
          random.chance(0.5)
            ? `0${random.int(1, 9)}${random.digits(3)}`
            : `${random.int(1, 9)}${random.digits(4)}`,
        );
        return zip.startsWith('"0')
          ? { legacy: zip, right: zip, wrong: String(Number(JSON.parse(zip))) }
          : { legacy: zip, right: zip };
      },
    },
    {
      name: 'code_with_leading_zero_as_number',
      critical: true,
      why: 'A postal or sort code is text of fixed length; without its leading zero it is another code or none.',
    },
  ),
  defect(
    {
      fields: ['cardReference', 'imei', 'trackingNumber', 'contractNumber'],
      value(random) {
        const id = `${random.int(1, 9)}${random.digits(14)}`;
        const [mantissa = '', exponent = ''] = Number(id).toExponential(5).toUpperCase().split('E');
        return { legacy: json(id), right: json(id), wrong: json(`${mantissa}E${exponent}`) };
      },
    },
    {
      name: 'id_in_scientific_notation',
      critical: true,
      why: 'A spreadsheet turned the id into 4.01289E+15: most of its digits are lost.',
    },
  ),
  defect(
    {
      fields: ['branchCode', 'costCentre', 'depotNo', 'wardNumber'],
      least: 2,
      value(random) {
        const code = `0${random.text('1234567', 3)}`;
        const plain = json(`${random.int(1, 9)}${random.digits(3)}`);
        if (random.chance(0.4)) return { legacy: plain, right: plain };
        return {
          legacy: json(code),
          right: json(code),
          wrong: json(String(Number.parseInt(code, 8)).padStart(4, '0')),
        };
      },
    },
    {
      name: 'code_read_as_octal',
      critical: true,
      why: 'Codes that begin with 0 were read as octal numbers: 0123 became 0083.',
    },
  ),
];
