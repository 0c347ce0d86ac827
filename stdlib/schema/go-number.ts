/** A fraction as Go's %g writes it, in the fewest digits that tell it from others of the same size. */
export function formatFloat(value: number, bits: 32 | 64): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const { digits, exponent, negative } = shortest(value, bits);
  const sign = negative ? '-' : '';
  if (exponent < -4 || exponent >= 6) return sign + scientific(digits, exponent);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return sign + (fraction === '' ? whole : `${whole}.${fraction}`);
}

function shortest(value: number, bits: 32 | 64): { digits: string; exponent: number; negative: boolean } {
  const size = Math.abs(value);
  let text = size.toExponential();
  for (let precision = 0; bits === 32 && precision < 9; precision++) {
    text = size.toExponential(precision);
    if (Math.fround(Number(text)) === Math.fround(size)) break;
  }
  const [mantissa = '0', power = '0'] = text.split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  return { digits, exponent: Number(power), negative: value < 0 || Object.is(value, -0) };
}

function scientific(digits: string, exponent: number): string {
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
}
