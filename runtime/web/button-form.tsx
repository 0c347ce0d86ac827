import { useEffect, useRef, useState } from 'preact/hooks';
import { pressButton } from './actions.ts';
import { useLive } from './live.ts';
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
  const isLive = useLive();
  const isOff = disabled || !isLive;
  const visible = inputs.filter(({ hidden }) => hidden === undefined);
  const place = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [values, setValues] = useState<Readonly<Record<string, string | boolean>>>({});
  // A click elsewhere takes the form away, and the question.
  useEffect(() => {
    if (!isOpen && !isAsking) return;
    const look = (event: Event): void => {
      if (event.target instanceof globalThis.Node && place.current?.contains(event.target)) return;
      setOpen(false);
      setAsking(false);
    };
    addEventListener('pointerdown', look);
    return () => removeEventListener('pointerdown', look);
  }, [isOpen, isAsking]);
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    setOpen(false);
    setAsking(false);
  };
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
        inputs.map((input) => inputValue(input, values[input.name ?? ''])),
      ),
    );
  };
  return (
    <span class="action" ref={place}>
      <button type="button" class={isAsking ? 'asks' : ''} disabled={isOff} onClick={submit} onKeyDown={leave}>
        <Icon svg={button.spec?.iconSVG} />
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
          ref={keepInside}
          class="action-form"
          aria-label={`Options of ${text}`}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
          onKeyDown={leave}
        >
          {visible.map((input) => (
            <Field
              key={input.name}
              input={input}
              value={values[input.name ?? '']}
              onChange={(value) => setValues({ ...values, [input.name ?? '']: value })}
            />
          ))}
          <button type="submit" class={isAsking ? 'asks' : ''} disabled={isOff}>
            {isAsking ? `Confirm: ${text}` : text}
          </button>
        </form>
      )}
    </span>
  );
}

/** A form that would reach over the right edge of the window opens to the left. */
function keepInside(form: HTMLFormElement | null): void {
  if (form !== null && form.getBoundingClientRect().right > innerWidth) form.classList.add('to-left');
}

/** A picture of the button's own; shown as an image, in which no script runs. */
function Icon({ svg }: { svg: string | undefined }) {
  if (!svg) return null;
  return <img alt="" class="icon" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />;
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
  { name = '', text, bool, hidden, choice }: ButtonInput,
  value: string | boolean | undefined,
): ButtonInputValue {
  if (hidden !== undefined) return { name, hidden: { value: hidden.value ?? '' } };
  if (bool !== undefined) return { name, bool: { value: Boolean(value ?? bool.defaultValue) } };
  if (choice !== undefined) return { name, choice: { value: String(value ?? choice.choices?.[0] ?? '') } };
  return { name, text: { value: String(value ?? text?.defaultValue ?? '') } };
}
