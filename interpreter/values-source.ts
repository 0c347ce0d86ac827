/**
 * How values leave a sandbox and come into it: a fragment of the function in sandbox-source.ts, whose names it uses. The wire formats
 * are in codec.ts, which has the other side of them.
 */
export const VALUES_SOURCE = String.raw`
// ---- out: values of the script as a flat list, which becomes text in one call
const MAX_DEPTH = 400;
let out, end = 0;
const nameOf = (fn) => {
  try { const name = fn.name; return typeof name === 'string' ? name : ''; } catch { return ''; }
};
const kindOf = (value) => {
  if (moduleObjects.get(value) !== undefined) return 'module';
  try {
    const proto = getPrototypeOf(value);
    const name = proto === null ? undefined : proto.constructor.name;
    if (typeof name === 'string' && name !== '') return name;
  } catch {}
  return 'object';
};
const op = (code) => { out[end++] = null; out[end++] = code; };
const writeForeign = (kind, value) => { op(9); out[end++] = keep(value); out[end++] = kind; };
const write = (value, parents, lenient) => {
  switch (typeof value) {
    case 'string':
      out[end++] = value;
      return;
    case 'number':
      if (value - value === 0 && (value !== 0 || 1 / value > 0)) out[end++] = value;
      else { op(6); out[end++] = value === 0 ? '-0' : '' + value; }
      return;
    case 'object': break;
    case 'boolean': op(value ? 1 : 2); return;
    case 'undefined': op(5); return;
    case 'bigint': op(7); out[end++] = '' + value; return;
    case 'function': op(8); out[end++] = keepFunction(value); out[end++] = nameOf(value); return;
    default: writeForeign('symbol', value); return;
  }
  if (value === null) return op(0);
  const id = tagIds.get(value);
  if (id !== undefined) { op(10); out[end++] = id; return; }
  let depth = 1;
  for (let above = parents; above !== null; above = above.up) {
    depth += 1;
    if (above.value !== value) continue;
    if (lenient) return writeForeign('object', value);
    throw fail(TypeErr, 'a value that contains itself cannot be given to a builtin');
  }
  if (depth > MAX_DEPTH) {
    if (lenient) return writeForeign('object', value);
    throw fail(TypeErr, 'a value that is nested more than ' + MAX_DEPTH + ' levels deep cannot be given to a builtin');
  }
  const here = { value, up: parents };
  if (isArray(value)) {
    // A proxy may say anything, each time something else.
    const length = truncate(+value.length) || 0;
    op(3);
    out[end++] = length;
    for (let i = 0; i < length; i++) write(value[i], here, lenient);
    return;
  }
  if (starlark !== null && starlark.owns(value)) {
    const list = parse(starlark.write(value));
    for (let i = 0; i < list.length; i++) out[end++] = list[i];
    return;
  }
  const proto = getPrototypeOf(value);
  if ((proto !== ObjectPrototype && proto !== null) || moduleObjects.get(value) !== undefined) return writeForeign(kindOf(value), value);
  const names = keys(value), count = names.length;
  op(4);
  out[end++] = count;
  for (let i = 0; i < count; i++) {
    const name = names[i];
    out[end++] = name;
    write(value[name], here, lenient);
  }
};
// A getter or proxy of the script may call a builtin while its object is being written: so each text has a list of its own.
const writing = (run, value) => {
  const outer = out, outerEnd = end;
  out = setPrototypeOf([], null);
  end = 0;
  try {
    run(value);
    return isIntact() ? stringify(out) : jsonOf(out);
  } finally {
    out = outer;
    end = outerEnd;
  }
};
const writeList = (list) => { for (let i = 0; i < list.length; i++) write(list[i], null, false); };
const writeOne = (value) => write(value, null, false);
const writeExports = (namespace) => {
  const names = keys(namespace);
  op(4);
  out[end++] = names.length;
  for (let i = 0; i < names.length; i++) {
    out[end++] = names[i];
    write(namespace[names[i]], null, true);
  }
};

// ---- in: text from the host as a value
const deepFreeze = (value) => {
  if (typeof value !== 'object' || value === null || isFrozen(value)) return value;
  freeze(value);
  const names = getOwnPropertyNames(value);
  for (let i = 0; i < names.length; i++) deepFreeze(value[names[i]]);
  return value;
};
const prototypes = create(null);
let unfinished = [];
const prototypeOf = (tag) => {
  const known = prototypes[tag];
  if (known !== undefined) return known;
  const made = create(ObjectPrototype);
  defineProperty(made, tagSymbol, { __proto__: null, value: tag });
  return (prototypes[tag] = freeze(made));
};
const makeTagged = (id, tag, fields) => {
  const object = create(unfinished === null ? prototypeOf(tag) : ObjectPrototype);
  const names = keys(fields);
  for (let i = 0; i < names.length; i++) put(object, names[i], deepFreeze(fields[names[i]]));
  tagIds.set(object, id);
  put(tagObjects, id, object);
  put(tagNames, id, tag);
  if (unfinished === null) freeze(object);
  else put(unfinished, unfinished.length, [object, tag]);
  return object;
};
const MapAt = Map;
const reviveMixed = (pairs) => {
  const made = pin(new MapAt(), ['set']);
  for (let i = 0; i < pairs.length; i++) made.set(revive(pairs[i][0]), revive(pairs[i][1]));
  delete made.set;
  return made;
};
const reviveTagged = (value) => {
  if ('f' in value) return makeTagged(value.i, value.k, revive(value.f));
  const known = tagObjects[value.i];
  return known !== undefined ? known : starlark.tagged(value.i);
};
// The run-time of Starlark, once there is one.
let starlark = null;
const fromStarlark = (value) => (starlark !== null && starlark.owns(value) ? starlark.toJavaScript(value) : value);
const revive = (value) => {
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = revive(value[i]);
    return value;
  }
  const names = keys(value);
  if (names.length > 0 && names[0] === '\0') {
    switch (value['\0']) {
      case 'u': return undefined;
      case 'n': case 'f': return value.v === '-0' ? -0 : +value.v;
      case 'b': return Big(value.v);
      case 's': return revive(value.v);
      case 'd': return reviveMixed(value.v);
      case 'k': return fromStarlark(kept[value.i]);
      case 'p': return hostPromise(value.i);
      case 't': return reviveTagged(value);
    }
  }
  let escaped = false;
  for (let i = 0; i < names.length; i++) {
    if (names[i][0] === '\0') escaped = true;
    put(value, names[i], revive(value[names[i]]));
  }
  if (!escaped) return value;
  const plain = {};
  for (let i = 0; i < names.length; i++) {
    let name = names[i];
    if (name[0] === '\0') { let rest = ''; for (let c = 1; c < name.length; c++) rest += name[c]; name = rest; }
    put(plain, name, value[names[i]]);
  }
  return plain;
};
`;
