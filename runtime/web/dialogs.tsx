import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { setTiltfileArgs, tiltfileArgs } from './actions.ts';
import type { Shortcut } from './keys.ts';
import { useLive } from './live.ts';
import { clockWords, parseTime } from './time-words.ts';
import { tellProblem } from './toast.tsx';
import type { Cluster } from './wire.ts';

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
        <button type="button" class="plain" aria-label="Close" onClick={() => dialog.current?.close()}>
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
          {shortcuts.map(({ key, ctrl, shown, words }) => (
            <tr key={words}>
              <th scope="row">
                {ctrl === true && <kbd>Ctrl</kbd>} <kbd>{shown ?? key}</kbd>
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
  const isLive = useLive();
  const [text, setText] = useState<string | undefined>();
  useEffect(() => {
    // What a person has typed meanwhile stays.
    void tiltfileArgs().then((args) => setText((typed) => typed ?? args.join('\n')));
  }, []);
  const submit = (): void => {
    const args = (text ?? '').split('\n').filter((line) => line !== '');
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
          One argument in each line. The Tiltfile is loaded again with them.
          <textarea
            rows={6}
            value={text ?? ''}
            disabled={!isLive}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={!isLive}>
          Load the Tiltfile with these
        </button>
      </form>
    </Dialog>
  );
}

/** How the program stands with the cluster. */
export function ClusterDialog({ clusters, onClose }: { clusters: readonly Cluster[]; onClose(): void }) {
  return (
    <Dialog title="Cluster" onClose={onClose}>
      {clusters.map(({ metadata, status, spec }) => {
        const connection = status?.connection?.kubernetes;
        const since = parseTime(status?.connectedAt);
        const facts: readonly (readonly [string, string | undefined])[] = [
          ['Error', status?.error],
          ['Context', connection?.context ?? spec?.connection?.kubernetes?.context],
          ['Namespace', connection?.namespace],
          ['Cluster', connection?.cluster],
          ['Product', connection?.product],
          ['Version', status?.version],
          ['Architecture', status?.arch],
          ['Registry', status?.registry?.host],
          ['Connected since', since === undefined ? undefined : clockWords(since)],
        ];
        return (
          <dl key={metadata.name} class="cluster-facts">
            {facts.map(
              ([name, value]) =>
                value !== undefined &&
                value !== '' && (
                  <div key={name} class={name === 'Error' ? 'error' : ''}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ),
            )}
          </dl>
        );
      })}
    </Dialog>
  );
}
