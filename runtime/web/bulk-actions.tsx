import { type Answer, pressButton, triggerResource } from './actions.ts';
import { disableButton } from './buttons.ts';
import { useLive } from './live.ts';
import { tellProblem } from './toast.tsx';
import type { ViewState } from './view-state.ts';
import type { ButtonInputValue, UiButton } from './wire.ts';

/** What can be done with all resources that are ticked; nothing stands there when none is. */
export function BulkActions(props: { view: ViewState; selected: ReadonlySet<string>; onClear(): void }) {
  const { view, selected, onClear } = props;
  const isLive = useLive();
  const names = [...selected].filter((name) => view.resources.has(name));
  if (names.length === 0) return null;
  const run = (act: (name: string) => Promise<Answer> | undefined): void => {
    for (const name of names) {
      const answer = act(name);
      if (answer !== undefined) void tellProblem(answer);
    }
    onClear();
  };
  const turn = (isOn: boolean) => (name: string) => {
    const isDisabled = view.resources.get(name)?.status?.disableStatus?.state === 'Disabled';
    const button = disableButton(view.buttons, name);
    return button === undefined || isDisabled !== isOn ? undefined : pressButton(button, hiddenInputs(button));
  };
  return (
    <div class="bar bulk" role="toolbar" aria-label="What to do with the ticked resources">
      <strong>{names.length} ticked</strong>
      <button type="button" disabled={!isLive} onClick={() => run(triggerResource)}>
        ⟳ Update
      </button>
      <button type="button" disabled={!isLive} onClick={() => run(turn(true))}>
        Enable
      </button>
      <button type="button" disabled={!isLive} onClick={() => run(turn(false))}>
        Disable
      </button>
      <button type="button" onClick={onClear}>
        Untick
      </button>
    </div>
  );
}

function hiddenInputs(button: UiButton): readonly ButtonInputValue[] {
  return (button.spec?.inputs ?? []).map(({ name = '', hidden }) => ({ name, hidden: { value: hidden?.value ?? '' } }));
}
