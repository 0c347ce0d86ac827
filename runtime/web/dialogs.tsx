import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { setTiltfileArgs } from './actions.ts';
import type { Shortcut } from './keys.ts';
import { tellProblem } from './toast.tsx';

/** Something that stands before the page until it is closed. */
function Dialog({ title, onClose, children }: { title: string; onClose(): void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-label={title} onClose={onClose}>
      <header>
        <h2>{title}</h2>
        <button type="button" aria-label="Close" onClick={() => dialog.current?.close()}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}

/** The keys that do something. */
export function KeyHelp({ shortcuts, onClose }: { shortcuts: readonly Shortcut[]; onClose(): void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <table class="keys">
        <tbody>
          {shortcuts.map(({ keys, words }) => (
            <tr key={words}>
              <th scope="row">
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

/** The arguments of the Tiltfile, to be changed: one in each line. */
export function ArgsDialog({ onClose }: { onClose(): void }) {
  const [text, setText] = useState('');
  const submit = (): void => {
    const args = text.split('\n').filter((line) => line !== '');
    void tellProblem(setTiltfileArgs(args));
    onClose();
  };
  return (
    <Dialog title="Arguments of the Tiltfile" onClose={onClose}>
      <form
        class="args-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label>
          One argument in each line; the Tiltfile is loaded again with them.
          <textarea rows={6} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <button type="submit">Load the Tiltfile with these</button>
      </form>
    </Dialog>
  );
}
