import { type Decimal, multiply, parseDecimal } from './decimal.ts';

/** A physical unit: value in base units = number × top / bottom + zero. Exact by definition of the units. */
export interface Unit {
  readonly dimension: string;
  readonly top: Decimal;
  readonly bottom: Decimal;
  readonly zero: Decimal;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };
const ONE: Decimal = { units: 1n, scale: 0 };

/**
 * Gallons, quarts and pints are of the United States or imperial, which no text tells: they are no units here.
 * dimension: unit names = factor [/ divisor] [+ zero], … The first unit of a line is the base. Matching is by exact letters.
 */
const TABLE = [
  'length: m=1 km=1000 dm=0.1 feet=0.3048 foot=0.3048 yards=0.9144 yard=0.9144 mile=1609.344 cm=0.01 mm=0.001 µm=0.000001 um=0.000001 in=0.0254 inch=0.0254 inches=0.0254 "=0.0254 ft=0.3048 yd=0.9144 mi=1609.344 miles=1609.344 nmi=1852 NM=1852',
  'mass: kg=1 g=0.001 mg=0.000001 µg=0.000000001 mcg=0.000000001 ug=0.000000001 t=1000 lb=0.45359237 lbs=0.45359237 oz=0.028349523125 st=6.35029318',
  'temperature: K=1 °C=1+273.15 C=1+273.15 ℃=1+273.15 Cel=1+273.15 degC=1+273.15 °F=5/9+255.372222222222222 F=5/9+255.372222222222222 ℉=5/9+255.372222222222222 [degF]=5/9+255.372222222222222 degF=5/9+255.372222222222222',
  'energy: J=1 kJ=1000 MJ=1000000 GJ=1000000000 Wh=3600 kWh=3600000 MWh=3600000000 GWh=3600000000000 cal=4.184 kcal=4184',
  'power: W=1 mW=0.001 kW=1000 MW=1000000 GW=1000000000 hp=745.69987158227022 PS=735.49875',
  'information: B=1 bytes=1 byte=1 Bytes=1 kB=1000 KB=1000 MB=1000000 GB=1000000000 TB=1000000000000 KiB=1024 MiB=1048576 GiB=1073741824 TiB=1099511627776 bit=0.125 bits=0.125 kbit=125 Mbit=125000 Gbit=125000000',
  'rate: bit/s=1 bps=1 kbit/s=1000 kbps=1000 Mbit/s=1000000 Mbps=1000000 Gbit/s=1000000000 Gbps=1000000000',
  'speed: m/s=1 km/h=1/3.6 kmh=1/3.6 kph=1/3.6 mph=0.44704 kn=1852/3600 kt=1852/3600',
  'pressure: Pa=1 hPa=100 kPa=1000 MPa=1000000 mbar=100 bar=100000 psi=6894.757293168 mmHg=133.322387415 atm=101325',
  'volume: l=1 L=1 ml=0.001 mL=0.001 cl=0.01 dl=0.1 hl=100 m³=1000 m3=1000 cm³=0.001 cc=0.001',
  'area: m²=1 m2=1 km²=1000000 km2=1000000 ha=10000 acres=4046.8564224 acre=4046.8564224 ac=4046.8564224 ft²=0.09290304 sqft=0.09290304',
  'frequency: Hz=1 kHz=1000 MHz=1000000 GHz=1000000000 rpm=1/60',
  'voltage: V=1 mV=0.001 kV=1000',
  'current: A=1 mA=0.001',
  'sterling: GBP=1 GBX=0.01 GBp=0.01',
  'rand: ZAR=1 ZAC=0.01 ZAc=0.01',
  'share: percent=1 pct=1 bp=0.01 bps=0.01 permille=0.1',
  'count: piece=1 pieces=1 pc=1 pcs=1 ea=1 EA=1 each=1 unit=1 units=1 pair=2 pairs=2 dozen=12 dozens=12 doz=12 score=20 gross=144',
  'EUR: EUR=1 €=1 ct=0.01 cent=0.01 cents=0.01 Cent=0.01 ct.=0.01 €ct=0.01 EURct=0.01',
  'CHF: CHF=1 Rp=0.01 Rp.=0.01 Rappen=0.01',
  'USD: USD=1 $=1 ¢=0.01 USc=0.01 USX=0.01',
  'substance: mol=1 mmol=0.001 µmol=0.000001 umol=0.000001 nmol=0.000000001',
  'radioactivity: Bq=1 kBq=1000 MBq=1000000 GBq=1000000000 mCi=37000000 Ci=37000000000',
  'angle: deg=1 °=1 rad=57.29577951308232088 gon=0.9',
];

/** As systems of upper-case letters write them. */
const UPPER: Readonly<Record<string, string>> = {
  KWH: 'kWh',
  MWH: 'MWh',
  KG: 'kg',
  MG: 'mg',
  MCG: 'mcg',
  ML: 'ml',
  KM: 'km',
  CM: 'cm',
  MM: 'mm',
  BP: 'bp',
  BPS: 'bps',
  PERCENT: 'percent',
  PCT: 'pct',
};

export const UNITS = new Map<string, Unit>();
for (const line of TABLE) {
  const [dimension = '', names = ''] = line.split(': ');
  for (const entry of names.split(' ')) {
    const [name = '', definition = ''] = entry.split('=');
    const [ratio = '', zero] = definition.split('+');
    const [top = '', bottom] = ratio.split('/');
    UNITS.set(name, {
      dimension,
      top: parseDecimal(top) ?? ONE,
      bottom: bottom === undefined ? ONE : (parseDecimal(bottom) ?? ONE),
      zero: zero === undefined ? ZERO : (parseDecimal(zero) ?? ZERO),
    });
  }
}

for (const [upper, name] of Object.entries(UPPER)) {
  const unit = UNITS.get(name);
  if (unit !== undefined) UNITS.set(upper, unit);
}

/** Units of time by name, which only the members of an object tell so: in a text they are durations (value/durations.ts). */
export const TIMES = new Map<string, Unit>(
  Object.entries({
    milliseconds: ['1', '1000'],
    seconds: ['1', '1'],
    minutes: ['60', '1'],
    hours: ['3600', '1'],
    days: ['86400', '1'],
    weeks: ['604800', '1'],
  }).flatMap(([name, [top = '', bottom = '']]) => {
    const unit = {
      dimension: 'time',
      top: parseDecimal(top) ?? ONE,
      bottom: parseDecimal(bottom) ?? ONE,
      zero: ZERO,
    };
    return [name, name.slice(0, -1)].map((word) => [word, unit] as const);
  }),
);

/** What a price or a concentration is told for; other words stand for themselves. */
const DENOMINATORS: Readonly<Record<string, readonly [dimension: string, factor: string]>> = {
  kWh: ['energy', '1'],
  MWh: ['energy', '1000'],
  GWh: ['energy', '1000000'],
  kg: ['mass', '1'],
  t: ['mass', '1000'],
  g: ['mass', '0.001'],
  l: ['volume', '1'],
  L: ['volume', '1'],
  dl: ['volume', '0.1'],
  dL: ['volume', '0.1'],
  ml: ['volume', '0.001'],
  mL: ['volume', '0.001'],
  m3: ['volume', '1000'],
  'm³': ['volume', '1000'],
  km: ['length', '1'],
  '100km': ['length', '100'],
  s: ['time', '1'],
  min: ['time', '60'],
  h: ['time', '3600'],
  MB: ['information', '1'],
  GB: ['information', '1000'],
};

const RATIOS = new Map<string, Unit | undefined>();
const RATIOS_MAX = 1000;

/** A unit by its name, or one unit for another: ct/kWh, mg/dL, EUR per MWh. */
export function unitOf(name: string): Unit | undefined {
  const unit = UNITS.get(name);
  if (unit !== undefined || !/[/ ]/.test(name)) return unit;
  if (RATIOS.has(name)) return RATIOS.get(name);
  const [over = '', under = '', ...more] = name.split(/ ?\/ ?| per /);
  const above = UNITS.get(over);
  const below = DENOMINATORS[under] ?? (/^[A-Za-zµ²³]{1,12}$/.test(under) ? [under, '1'] : undefined);
  const factor = below && parseDecimal(below[1] ?? '');
  const ratio =
    above === undefined || below === undefined || factor === undefined || more.length > 0
      ? undefined
      : ratioOf(above, `${above.dimension} per ${below[0]}`, factor);
  if (RATIOS.size < RATIOS_MAX) RATIOS.set(name, ratio);
  return ratio;
}

function ratioOf(above: Unit, dimension: string, { units, scale }: Decimal): Unit {
  return {
    dimension,
    top: multiply(above.top, { units: 10n ** BigInt(scale), scale: 0 }),
    bottom: multiply(above.bottom, { units, scale: 0 }),
    zero: ZERO,
  };
}
