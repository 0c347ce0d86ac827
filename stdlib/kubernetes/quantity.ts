const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+)|(n|u|m|k|M|G|T|P|E|[KMGTPE]i))?$/;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
/** Quantities are counted in billionths. */
const UNIT = 1_000_000_000n;

/** A quantity as Kubernetes writes it: `0.5` is `500m`, `1024Mi` is `1Gi`. `undefined` for what is none. */
export function canonicalQuantity(text: string): string | undefined {
  const match = NUMBER.exec(text.trim());
  const [, sign = '', whole = '', fraction = '', exponent, suffix = ''] = match ?? [];
  if (!match || whole + fraction === '') return undefined;
  const digits = BigInt(`${whole}${fraction}`);
  const isBinary = suffix.endsWith('i');
  const power = exponent === undefined ? (isBinary ? 0 : 3 * (DECIMAL.indexOf(suffix) - 3)) : Number(exponent);
  if (Math.abs(power) > 100 || fraction.length > 1000) return undefined;
  const factor = isBinary ? 1024n ** BigInt(BINARY.indexOf(suffix)) : 1n;
  const billionths = scaled(digits * factor, 9 + power - fraction.length);
  if (billionths === 0n) return '0';
  const minus = sign === '-' ? '-' : '';
  if (isBinary && billionths >= 1024n * UNIT) return minus + binary(billionths);
  return minus + decimal(billionths, exponent !== undefined);
}

/** What is smaller than a billionth counts as a whole one. */
function scaled(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (value + divisor - 1n) / divisor;
}

function binary(billionths: bigint): string {
  let value = (billionths + UNIT - 1n) / UNIT;
  let place = 0;
  while (value % 1024n === 0n && place < BINARY.length - 1) {
    value /= 1024n;
    place++;
  }
  return `${value}${BINARY[place]}`;
}

function decimal(billionths: bigint, withExponent: boolean): string {
  let value = billionths;
  let place = 0;
  while (value % 1000n === 0n && (withExponent || place < DECIMAL.length - 1)) {
    value /= 1000n;
    place++;
  }
  if (!withExponent) return `${value}${DECIMAL[place]}`;
  const exponent = 3 * (place - 3);
  return exponent === 0 ? String(value) : `${value}e${exponent}`;
}
