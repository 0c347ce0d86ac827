import type { Json } from '../../stdlib/model/kubernetes.ts';

type Body = { readonly [key: string]: Json };
type Step = string | number | Readonly<Record<string, Json>>;

/** A part of an object that the kind's schema has no place for. */
export interface Complaint {
  /** As the server writes it, such as `.spec.containers[name="web"].imagee`. */
  readonly path: string;
  readonly kind: 'unknown-field' | 'duplicate';
  /** Of what is there twice, such as `[name="A"]`. */
  readonly key: string;
}

/** Reads the complaints out of a server's refusal; none when it refuses for another reason, too. */
export function schemaComplaints(message: string): readonly Complaint[] {
  const mark = 'failed to create typed patch object';
  if (!message.startsWith(mark)) return [];
  const text = message.slice(mark.length).replace(/^[^:]*\([^)]*\)/, '');
  const lines = text
    .replace(/^:\s*(errors:)?\s*/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const complaints = lines.map(complaintOf);
  return complaints.every((complaint) => complaint !== undefined) ? complaints : [];
}

function complaintOf(line: string): Complaint | undefined {
  const unknown = /^(\..+): field not declared in schema$/.exec(line);
  if (unknown) return { path: unknown[1] ?? '', kind: 'unknown-field', key: '' };
  const duplicate = /^(\..+): duplicate entries for key (\[.+\])$/.exec(line);
  return duplicate ? { path: duplicate[1] ?? '', kind: 'duplicate', key: duplicate[2] ?? '' } : undefined;
}

/** The object without it; of what is there twice the last one stays, as for `kubectl apply`. `undefined` when it is not found. */
export function withoutComplaint(body: Body, { path, kind, key }: Complaint): Body | undefined {
  const steps = stepsOf(path);
  if (steps === undefined) return undefined;
  let result: Json | undefined;
  if (kind === 'unknown-field')
    result = change(body, steps.slice(0, -1), (parent) => withoutField(parent, steps.at(-1)));
  else {
    const [entry] = stepsOf(key) ?? [];
    result = change(body, steps, (list) => withoutDuplicates(list, entry));
  }
  return result === undefined ? undefined : (result as Body);
}

function withoutField(parent: Json, name: Step | undefined): Json | undefined {
  if (typeof name !== 'string' || !isFields(parent) || !(name in parent)) return undefined;
  const { [name]: _, ...others } = parent;
  return others;
}

function withoutDuplicates(list: Json, key: Step | undefined): Json | undefined {
  if (!Array.isArray(list) || typeof key !== 'object') return undefined;
  const places = list.flatMap((item: Json, place) => (matches(item, key) ? [place] : []));
  return places.length < 2 ? undefined : list.filter((_, place) => !places.slice(0, -1).includes(place));
}

/** Changes what stands at a path; `undefined` when it is not there. */
function change(value: Json, steps: readonly Step[], task: (value: Json) => Json | undefined): Json | undefined {
  const [step, ...more] = steps;
  if (step === undefined) return task(value);
  if (typeof step === 'string') {
    const inner = isFields(value) ? value[step] : undefined;
    const changed = inner === undefined ? undefined : change(inner, more, task);
    return changed === undefined ? undefined : { ...(value as Body), [step]: changed };
  }
  if (!Array.isArray(value)) return undefined;
  const list = value as readonly Json[];
  const place = typeof step === 'number' ? step : list.findIndex((item) => matches(item, step));
  const item = list[place];
  const changed = item === undefined ? undefined : change(item, more, task);
  return changed === undefined ? undefined : list.map((other, index) => (index === place ? changed : other));
}

function matches(item: Json, key: Readonly<Record<string, Json>> | number): boolean {
  if (typeof key === 'number' || !isFields(item)) return false;
  return Object.entries(key).every(([name, value]) => item[name] === value);
}

/** `.spec.containers[name="web"].ports[0]`; keys hold values in JSON. */
function stepsOf(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  const pattern = /\.([^.[\]]+)|\[(\d+)\]|\[((?:[\w.-]+=(?:"(?:[^"\\]|\\.)*"|[^,\]"]+),?)+)\]/y;
  while (pattern.lastIndex < path.length) {
    const match = pattern.exec(path);
    if (!match) return undefined;
    const [, field, index, keys] = match;
    if (field !== undefined) steps.push(field);
    else if (index !== undefined) steps.push(Number(index));
    else steps.push(keyOf(keys ?? ''));
  }
  return steps;
}

function keyOf(text: string): Readonly<Record<string, Json>> {
  const pairs = text.matchAll(/([\w.-]+)=("(?:[^"\\]|\\.)*"|[^,\]"]+)/g);
  return Object.fromEntries([...pairs].map(([, name = '', value = 'null']) => [name, JSON.parse(value) as Json]));
}

function isFields(value: Json): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
