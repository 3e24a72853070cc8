/** Families of a telecoms company: telephone numbers, SIM cards, devices and cells. */
import { luhn } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { shownJson } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['msisdn', 'phone', 'contactNumber'],
      value(random) {
        const country = random.pick(['49', '44', '43', '41']);
        const [area, rest] = [random.pick(['171', '160', '176', '772', '664', '79']), random.digits(7)];
        return shownJson(
          `+${country} (0)${area} ${rest}`,
          `+${country}${area}${rest}`,
          `+${country}0${area}${rest}`,
        );
      },
    },
    {
      name: 'msisdn_trunk_zero_bracketed',
      why: 'The bracketed trunk zero is not dialled abroad; E.164 leaves it out.',
    },
    {
      name: 'msisdn_trunk_zero_kept',
      critical: true,
      why: 'The trunk zero is kept after the country code, so the number reaches nobody.',
    },
  ),
  ...twins(
    {
      fields: ['iccid', 'simSerial', 'SIM_NO'],
      value(random) {
        const iccid = `8944${random.digits(15)}${random.int(1, 9)}`;
        const spaced = iccid.replace(/(\d{4})(?=\d)/g, '$1 ');
        return shownJson(iccid, spaced, String(BigInt(Number(iccid))));
      },
    },
    { name: 'iccid_in_groups', why: 'The same twenty digits, written in groups of four.' },
    {
      name: 'iccid_through_a_double',
      critical: true,
      why: 'The last digits of the SIM serial change, as when it passes through a floating-point number.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['imei', 'deviceId', 'EQUIPMENT'],
      value(random) {
        const [tac, serial] = [`35${random.digits(6)}`, random.digits(6)];
        const digit = luhn(tac + serial);
        const written = `${tac.slice(0, 2)}-${tac.slice(2)}-${serial}-${digit}`;
        return shownJson(written, `${tac}${serial}${digit}`, `${tac}${serial}0`);
      },
    },
    { name: 'imei_without_hyphens', why: 'The same fifteen digits of the device without hyphens.' },
    {
      name: 'imei_spare_digit',
      critical: true,
      why: 'The check digit of the IMEI becomes the spare digit 0 of signalling: another identity.',
    },
  ),
  ...twins(
    {
      fields: ['cellId', 'lac', 'LOC_AREA'],
      value(random) {
        const cell = random.int(0x100, 0xffff);
        const hex = cell.toString(16).toUpperCase().padStart(4, '0');
        return shownJson(`0x${hex}`, cell, Number.parseInt(hex, 10) || 0);
      },
    },
    { name: 'cell_id_hexadecimal', why: 'The hexadecimal text and the decimal number are the same cell.' },
    {
      name: 'cell_id_digits_read_as_decimal',
      critical: false,
      why: 'Hexadecimal digits are read as decimal ones, up to the first letter: another cell.',
    },
  ),
];
