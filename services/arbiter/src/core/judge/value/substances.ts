/** Grams a mole of what laboratories report by mass in one country and by amount in another. */
const MASSES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    180.16: 'glucose glu gluc blood-glucose blood-sugar',
    386.65: 'cholesterol chol hdl ldl hdl-cholesterol ldl-cholesterol hdl-c ldl-c',
    885.4: 'triglycerides triglyceride trig',
    113.12: 'creatinine crea kreatinin',
    60.06: 'urea harnstoff',
    28.01: 'bun urea-nitrogen blood-urea-nitrogen',
    168.11: 'uric-acid urate',
    584.66: 'bilirubin bili',
    40.08: 'calcium ca',
    24.31: 'magnesium mg',
    30.97: 'phosphate phosphorus',
    55.85: 'iron fe',
    90.08: 'lactate',
    22.99: 'sodium na',
    39.1: 'potassium k',
  }).flatMap(([mass, names]) => names.split(' ').map((name) => [name, Number(mass)] as const)),
);

/** Undefined for what is no name of a substance of the table. */
export function molarMassOf(name: string): number | undefined {
  return name.length > 40
    ? undefined
    : MASSES.get(
        name
          .trim()
          .toLowerCase()
          .replaceAll(/[\s_]+/g, '-'),
      );
}
