import { Refusal } from '../../interpreter/builtin.ts';
import { typeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { quote } from './show.ts';

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A length of time as Go writes it (`1h30m`, `1.5s`), in milliseconds. */
export const duration: ParameterType<number> = {
  typescript: 'string',
  takesObject: false,
  read(value) {
    if (typeof value !== 'string') throw new Refusal(`Expected string. Got: ${typeName(value)}`);
    return parseDuration(value);
  },
};

function parseDuration(text: string): number {
  const invalid = () => new Refusal(`time: invalid duration ${quote(text)}`);
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return 0;
  if (rest === '') throw invalid();
  let total = 0;
  while (rest !== '') {
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) throw invalid();
    rest = rest.slice(number.length);
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? '';
    if (unit === '') throw new Refusal(`time: missing unit in duration ${quote(text)}`);
    const ms = unitMs[unit];
    if (ms === undefined) throw new Refusal(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    total += Number(number) * ms;
    rest = rest.slice(unit.length);
  }
  return sign * total;
}
