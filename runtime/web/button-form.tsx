import { useState } from 'preact/hooks';
import { pressButton } from './actions.ts';
import { tellProblem } from './toast.tsx';
import type { ButtonInput, ButtonInputValue, UiButton } from './wire.ts';

/** A button of the Tiltfile's or of an extension's, with the form that it asks to be filled in. */
export function ActionButton({ button }: { button: UiButton }) {
  const {
    text = button.metadata.name,
    inputs = [],
    requiresConfirmation = false,
    disabled = false,
  } = button.spec ?? {};
  const visible = inputs.filter(({ hidden }) => hidden === undefined);
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [values, setValues] = useState<Readonly<Record<string, string | boolean>>>({});
  const submit = (): void => {
    if (requiresConfirmation && !isAsking) {
      setAsking(true);
      return;
    }
    setAsking(false);
    setOpen(false);
    void tellProblem(
      pressButton(
        button,
        inputs.map((input) => inputValue(input, values[input.name])),
      ),
    );
  };
  return (
    <span class="action">
      <button type="button" disabled={disabled} onClick={submit} onBlur={() => setAsking(false)}>
        {isAsking ? `Confirm: ${text}` : text}
      </button>
      {visible.length > 0 && (
        <button
          type="button"
          class="more"
          aria-expanded={isOpen}
          aria-label={`Options of ${text}`}
          onClick={() => setOpen(!isOpen)}
        >
          ▾
        </button>
      )}
      {isOpen && (
        <form
          class="action-form"
          aria-label={`Options of ${text}`}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
          onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
        >
          {visible.map((input) => (
            <Field
              key={input.name}
              input={input}
              value={values[input.name]}
              onChange={(value) => setValues({ ...values, [input.name]: value })}
            />
          ))}
          <button type="submit">{isAsking ? `Confirm: ${text}` : text}</button>
        </form>
      )}
    </span>
  );
}

function Field(props: {
  input: ButtonInput;
  value: string | boolean | undefined;
  onChange(value: string | boolean): void;
}) {
  const { input, value, onChange } = props;
  const label = input.label || input.name;
  if (input.bool !== undefined) {
    return (
      <label class="field">
        <input
          type="checkbox"
          checked={Boolean(value ?? input.bool.defaultValue)}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {label}
      </label>
    );
  }
  if (input.choice !== undefined) {
    const { choices = [] } = input.choice;
    return (
      <label class="field">
        {label}
        <select value={String(value ?? choices[0] ?? '')} onChange={(event) => onChange(event.currentTarget.value)}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      </label>
    );
  }
  return (
    <label class="field">
      {label}
      <input
        type="text"
        value={String(value ?? input.text?.defaultValue ?? '')}
        placeholder={input.text?.placeholder}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

function inputValue(
  { name, text, bool, hidden, choice }: ButtonInput,
  value: string | boolean | undefined,
): ButtonInputValue {
  if (hidden !== undefined) return { name, hidden: { value: hidden.value } };
  if (bool !== undefined) return { name, bool: { value: Boolean(value ?? bool.defaultValue) } };
  if (choice !== undefined) return { name, choice: { value: String(value ?? choice.choices?.[0] ?? '') } };
  return { name, text: { value: String(value ?? text?.defaultValue ?? '') } };
}
