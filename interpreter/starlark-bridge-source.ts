import { Question } from './question.ts';

/**
 * A part of the sandbox's own code (sandbox-source.ts): what the run-time of Starlark, which lives in another realm, gets of this one.
 * starlark/runtime/bridge.ts says what each member means.
 */
export const STARLARK_BRIDGE_SOURCE = `
const askFor = (what, text) => {
  const answer = host(what, text);
  if (answer !== undefined && answer[0] === '^') throw kept[+rest(answer)];
  if (answer !== undefined && answer[0] === '!') throw fail(Err, rest(answer));
  return answer;
};
// Errors of the other realm are errors of this one, of the same kind, to whoever catches them.
const errorPrototypes = { __proto__: null, InternalError: InternalError.prototype, TypeError: TypeErr.prototype, RangeError: RangeError.prototype };
const passOn = (error) => {
  const kind = starlark.errorKind(error);
  if (kind !== undefined) setPrototypeOf(error, errorPrototypes[kind] === undefined ? ErrorPrototype : errorPrototypes[kind]);
  throw error;
};
const makeBridge = (() => {
  const getter = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;
  const MapOf = Map, SetOf = Set, BytesOf = Uint8Array;
  const mapSize = getter(Map.prototype, 'size'), setSize = getter(Set.prototype, 'size');
  const bytesTag = getter(getPrototypeOf(Uint8Array.prototype), tagSymbol);
  const answers = (get, value) => { try { apply(get, value, []); return true; } catch { return false; } };
  const shapeOf = (value) => {
    if (typeof value === 'function') return 'function';
    if (isArray(value)) return 'array';
    if (tagIds.get(value) !== undefined) return 'tagged';
    if (answers(mapSize, value)) return 'map';
    if (answers(setSize, value)) return 'set';
    if (apply(bytesTag, value, []) === 'Uint8Array') return 'bytes';
    const proto = getPrototypeOf(value);
    return (proto === ObjectPrototype || proto === null) && moduleObjects.get(value) === undefined ? 'object' : 'other';
  };
  const javascript = {
    __proto__: null,
    shapeOf,
    kindOf,
    isBuiltin: (fn) => ownFunctions.get(fn) !== undefined,
    makeArray: () => [],
    makeObject: () => ({}),
    makeMap: () => new MapOf(),
    makeSet: () => new SetOf(),
    makeBytes: (length) => new BytesOf(length),
    makeFunction(name, run) {
      return { [name](...args) { try { return run(args); } catch (error) { passOn(error); } } }[name];
    },
    put,
    tagged(value) { const id = tagIds.get(value); return id === undefined ? undefined : { __proto__: null, id, tag: tagNames[id] }; },
    taggedObject: (id) => tagObjects[id],
    makeTagged,
  };
  return (code) => ({
    __proto__: null,
    mainFile: library.mainFile,
    call: host,
    keep: keepFunction,
    kept: (id) => kept[id],
    refuse(error, id) { refusals.set(error, id); },
    find: (from, specifier) => askFor(${Question.find}, stringify([from, specifier])),
    code,
    importModule: (file) => kept[+askFor(${Question.importModule}, file)],
    print(text) { host(${Question.print}, stringify('i' + text)); },
    javascript,
  });
})();
// Functions that do what Starlark does, for scripts in JavaScript that once were Starlark.
const makeHelper = (name) => {
  const helper = {
    [name](...args) {
      if (starlark === null) askFor(${Question.startStarlark}, '');
      try { return starlark.help(name, args); } catch (error) { passOn(error); }
    },
  }[name];
  ownFunctions.set(helper, true);
  return freeze(helper);
};
const runStarlark = (file) => {
  if (starlark === null) askFor(${Question.startStarlark}, '');
  try { return starlark.run(file); } catch (error) { passOn(error); }
};
`;
