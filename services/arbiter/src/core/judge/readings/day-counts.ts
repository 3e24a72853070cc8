import { type Domain, reading } from './reading.ts';

/** Conventions by which days of interest are counted (ISDA 2006 section 4.16); the key is the usual short name. */
export const dayCounts: Domain = {
  name: 'day-count',
  reads: 'A day-count convention: ACT/360, Actual/360, A/365F, Actual/365 (Fixed), 30E/360, Eurobond basis.',
  read({ text }) {
    if (text === undefined || text.length > 32) return [];
    const plain = text
      .toLowerCase()
      .replaceAll(/actual|\ba(?=\/)/g, 'act')
      .replaceAll(/[^a-z0-9/]/g, '');
    const match =
      /^(?:(act)\/(act|360|364|365)(f|l)?(?:fixed|isda|icma|afb)?|(30e?)\/360(?:isda|eurobond|bondbasis)?)$/.exec(
        plain,
      );
    if (match === null) return [];
    const [, actual, year, kind = '', thirty = ''] = match;
    return reading(
      'convention',
      actual === undefined ? `${thirty}/360` : `act/${year}${kind === 'l' ? 'l' : ''}`,
      true,
    );
  },
};
