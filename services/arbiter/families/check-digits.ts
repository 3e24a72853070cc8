/** Check digits of public identifiers. */

/** Luhn's digit for a payload of digits (ISO/IEC 7812-1, annex B): cards, IMEI, and ISIN after its letters were expanded. */
export function luhn(payload: string): string {
  let sum = 0;
  for (let fromRight = 0; fromRight < payload.length; fromRight += 1) {
    const digit = Number(payload[payload.length - 1 - fromRight]);
    const weighted = fromRight % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return String((10 - (sum % 10)) % 10);
}

/** The check digit of an ISIN (ISO 6166) without it: letters count as 10 to 35. */
export function isinDigit(base: string): string {
  return luhn([...base].map((character) => Number.parseInt(character, 36)).join(''));
}

/** The check digit of a CUSIP (ANSI X9.6) of nine characters, from its first eight digits. */
export function cusipDigit(base: string): string {
  const sum = [...base].reduce((total, character, at) => {
    const weighted = Number(character) * (at % 2 === 0 ? 1 : 2);
    return total + Math.floor(weighted / 10) + (weighted % 10);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** The check digit of a GTIN (GS1) and thus of an ISBN-13, without it. */
export function gtinDigit(base: string): string {
  const sum = [...base]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** The check character of an ISBN-10 (ISO 2108:1992) for its nine digits. */
export function isbn10Digit(base: string): string {
  const sum = [...base].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** The two check digits of a German IBAN (ISO 13616) for its bank code and account of 18 digits. */
export function germanIbanDigits(bban: string): string {
  const rest = BigInt(`${bban}131400`) % 97n;
  return String(98n - rest).padStart(2, '0');
}
