import type { Json } from '../../stdlib/model/kubernetes.ts';
import type { OwnObject } from '../state/api-state.ts';

type Fields = { readonly [key: string]: Json };

/** What the inputs of a button come to, as `NAME=value`: what was given with the click, else what the button says. */
export function buttonEnvironment(button: OwnObject, given: readonly Json[]): readonly string[] {
  const statuses = new Map(given.map((status) => [String((status as Fields).name), status as Fields]));
  const inputs = ((button.body.spec as Fields | undefined)?.inputs ?? []) as readonly Fields[];
  return inputs.map((input) => `${String(input.name)}=${chosenValue(input, statuses.get(String(input.name)))}`);
}

function chosenValue(input: Fields, status: Fields | undefined): string {
  const { text, bool, hidden, choice } = input as Readonly<Record<string, Fields | undefined>>;
  const given = (kind: string) => (status?.[kind] as Fields | undefined)?.value;
  if (text !== undefined) return String(given('text') ?? text.defaultValue ?? '');
  if (bool !== undefined) {
    const isOn = Boolean(given('bool') ?? bool.defaultValue ?? false);
    return String((isOn ? bool.trueString : bool.falseString) ?? isOn);
  }
  if (hidden !== undefined) return String(hidden.value ?? '');
  if (choice !== undefined) {
    const choices = (choice.choices ?? []) as readonly string[];
    const chosen = given('choice');
    return typeof chosen === 'string' && choices.includes(chosen) ? chosen : (choices[0] ?? '');
  }
  return '';
}
