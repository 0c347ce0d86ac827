/**
 * What of the library must live in the script's sandbox: prototypes of the values that builtins make, the live mapping
 * `os.environ`, structs. JavaScript, run there before the script.
 */
export const preludeSource = `
'use strict';
{
  // ---- values as Tilt shows them
  const quoted = (text) => JSON.stringify(text);
  const repr = (value) => {
    if (value === null || value === undefined) return 'None';
    if (value === true) return 'True';
    if (value === false) return 'False';
    if (typeof value === 'string') return quoted(value);
    if (Array.isArray(value)) return '[' + value.map(repr).join(', ') + ']';
    if (typeof value === 'function') return '<function ' + (value.name || 'lambda') + '>';
    if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
      return '{' + Object.keys(value).map((key) => quoted(key) + ': ' + repr(value[key])).join(', ') + '}';
    }
    return String(value);
  };
  const members = (value, names) => names.map((name) => name + ' = ' + repr(value[name])).join(', ');

  // ---- Blob: a string in most ways, but no operand of +
  const blobPrototype = {
    toString() { return this.text; },
    valueOf() { return this; },
    toJSON() { return this.text; },
    get length() { return this.text.length; },
    [Symbol.iterator]() { return this.text[Symbol.iterator](); },
    [Symbol.toPrimitive](hint) {
      if (hint === 'string') return this.text;
      throw new TypeError('unknown binary op: blob + string: use String(blob), or a template literal');
    },
  };
  for (const name of [
    'at', 'charAt', 'charCodeAt', 'codePointAt', 'concat', 'endsWith', 'includes', 'indexOf', 'lastIndexOf', 'localeCompare', 'match',
    'matchAll', 'normalize', 'padEnd', 'padStart', 'repeat', 'replace', 'replaceAll', 'search', 'slice', 'split', 'startsWith',
    'substring', 'toLowerCase', 'toUpperCase', 'trim', 'trimEnd', 'trimStart',
  ]) {
    const method = String.prototype[name];
    Object.defineProperty(blobPrototype, name, {
      value: { [name](...args) { return method.apply(this.text, args); } }[name],
    });
  }
  defineTag('Blob', blobPrototype);

  // ---- values with named parts
  defineTag('TriggerMode', { toString() { return this.name; } });
  defineTag('PortForward', {
    toString() {
      const { local_port, container_port, name } = this;
      return 'port_forward(local_port=' + local_port + ', container_port=' + container_port + ', name=' + quoted(name) + ')';
    },
  });
  for (const [tag, title] of [
    ['Link', 'link'], ['Probe', 'Probe'], ['ExecAction', 'ExecAction'], ['HTTPGetAction', 'HTTPGetAction'],
    ['TCPSocketAction', 'TCPSocketAction'],
  ]) {
    defineTag(tag, { toString() { return title + '(' + members(this, Object.keys(this).sort()) + ')'; } });
  }

  // ---- checkouts of Git repositories
  const { paths: repoPaths } = globalThis.__git_repo;
  delete globalThis.__git_repo;
  defineTag('git.Repo', {
    paths(...args) { return repoPaths(this.folder, ...args); },
    toString() { return "[git.Repo] '" + this.folder + "'"; },
  });
  for (const tag of [
    'LiveUpdateInitialSync', 'LiveUpdateFallBackOn', 'LiveUpdateSync', 'LiveUpdateRun', 'LiveUpdateRestartContainer',
  ]) {
    defineTag(tag, { toString() { return this.description; } });
  }
  // What nobody should expect to have members says so, instead of 'undefined'.
  const strict = (complaint, members) => new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || key === 'then' || key === 'toJSON') return Reflect.get(target, key, receiver);
      throw new TypeError(complaint(key));
    },
  });
  defineTag('CustomBuild', strict((key) => 'custom_build has no .' + key + ' field or method', { toString() { return this.description; } }));
  defineTag('K8sObjectID', strict((key) => 'tiltfile.k8sObjectID has no attribute \\'' + key + '\\'', {
    toString() { return [this.name, this.kind, this.namespace, this.group].join(':').toLowerCase(); },
  }));

  // ---- functions that are called later
  const hostNamer = globalThis.workload_to_resource_function;
  globalThis.workload_to_resource_function = function workload_to_resource_function(...args) {
    const func = typeof args[0] === 'object' && args[0] !== null ? args[0].func : args[0];
    const takesNothing = typeof func === 'function' && /^(?:async\\s+)?(?:function\\b[^(]*)?\\(\\s*\\)/.test(String(func));
    if (typeof func === 'function' && (func.length > 1 || takesNothing)) {
      throw new TypeError('workload_to_resource_function arg must take 1 argument. ' + (func.name || 'lambda') + ' takes ' + func.length);
    }
    return hostNamer(...args);
  };

  // ---- struct
  class struct {
    toString() { return 'struct(' + members(this, Object.keys(this).sort()) + ')'; }
  }
  const structPrototype = struct.prototype;
  globalThis.struct = function struct(fields = {}) {
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
      throw new TypeError('struct: takes one object with the fields, such as struct({ name: "web" })');
    }
    return Object.freeze(Object.assign(Object.create(structPrototype), fields));
  };
  const hostPrint = globalThis.print;
  globalThis.print = function print(...values) {
    return hostPrint(...values.map((value) => (value instanceof struct ? String(value) : value)));
  };

  // ---- what other files export cannot be changed
  const frozen = {
    set() { throw new TypeError('cannot insert into frozen hash table'); },
    defineProperty() { throw new TypeError('cannot insert into frozen hash table'); },
    deleteProperty() { throw new TypeError('cannot delete from frozen hash table'); },
  };
  const deepFrozen = (value) => {
    const isData = Array.isArray(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);
    if (isData && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(deepFrozen);
    return value;
  };
  const hostLoadDynamic = globalThis.load_dynamic;
  globalThis.load_dynamic = function load_dynamic(...args) {
    return new Proxy(Object.assign({}, deepFrozen(hostLoadDynamic(...args))), frozen);
  };

  const frozenList = { ...frozen, set() { throw new TypeError('append: cannot append to frozen list'); } };
  globalThis.sys.argv = new Proxy(Object.freeze([...globalThis.sys.argv]), frozenList);

  // ---- the environment
  const environ = globalThis.__environ;
  delete globalThis.__environ;
  defineLazy(['Deno'], 'deno', { calls: globalThis.__deno, environ });
  delete globalThis.__deno;
  const { get, set, unset, keys } = environ;
  globalThis.os.environ = new Proxy({}, {
    get(_, key) {
      if (typeof key === 'symbol') return key === Symbol.toStringTag ? 'environ' : undefined;
      return get(key) ?? Object.prototype[key];
    },
    has: (_, key) => typeof key === 'string' && get(key) !== undefined,
    set(_, key, value) { set(key, value); return true; },
    defineProperty(_, key, descriptor) { set(key, descriptor.value); return true; },
    deleteProperty(_, key) { unset(key); return true; },
    ownKeys: () => keys(),
    getOwnPropertyDescriptor(_, key) {
      const value = typeof key === 'symbol' ? undefined : get(key);
      return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}
`;
