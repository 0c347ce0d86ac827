import type { ButtonInputValue, TriggerMode, UiButton } from './wire.ts';

/** What came of asking the program for something: nothing, or why it refused. */
export type Answer = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** The bit by which the program knows that the page asked. */
const ASKED_BY_PAGE = 16;

export function triggerResource(name: string): Promise<Answer> {
  return post('/api/trigger', { manifest_names: [name], build_reason: ASKED_BY_PAGE });
}

export function setTriggerMode(name: string, mode: TriggerMode): Promise<Answer> {
  return post('/api/override/trigger_mode', { manifest_names: [name], trigger_mode: mode });
}

export function setTiltfileArgs(args: readonly string[]): Promise<Answer> {
  return post('/api/set_tiltfile_args', args);
}

/** The arguments that the Tiltfile has now; none when the program does not say. */
export async function tiltfileArgs(): Promise<readonly string[]> {
  try {
    const path = `/proxy/apis/tilt.dev/v1alpha1/tiltfiles/${encodeURIComponent('(Tiltfile)')}`;
    const answer = await fetch(path, { credentials: 'same-origin' });
    const { spec } = (await answer.json()) as { readonly spec?: { readonly args?: readonly string[] } };
    return spec?.args ?? [];
  } catch {
    return [];
  }
}

/** Presses a button, with what its form says. */
export function pressButton(button: UiButton, inputs: readonly ButtonInputValue[]): Promise<Answer> {
  const { name } = button.metadata;
  const status = { lastClickedAt: microTime(new Date()), ...(inputs.length > 0 ? { inputs } : {}) };
  return send('PUT', `/proxy/apis/tilt.dev/v1alpha1/uibuttons/${encodeURIComponent(name)}/status`, {
    ...button,
    apiVersion: 'tilt.dev/v1alpha1',
    kind: 'UIButton',
    status: { ...button.status, ...status },
  });
}

/** Kubernetes' times have six digits behind the point. */
function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

function post(path: string, body: unknown): Promise<Answer> {
  return send('POST', path, body);
}

async function send(method: string, path: string, body: unknown): Promise<Answer> {
  try {
    const answer = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = (await answer.text()).trim();
    if (!answer.ok) return { ok: false, message: messageOf(text) || `The program answered HTTP ${answer.status}` };
    // Triggers answer with words when they do nothing.
    return method === 'POST' && text !== '' && !text.startsWith('{') ? { ok: false, message: text } : { ok: true };
  } catch {
    return { ok: false, message: 'The program cannot be reached' };
  }
}

/** What a refusal says: a Kubernetes status, or plain words. */
function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: string };
    return message ?? text;
  } catch {
    return text;
  }
}
