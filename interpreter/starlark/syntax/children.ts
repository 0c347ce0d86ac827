import type { File, Node } from './ast.ts';

/** The nodes that a node is made of, in the order of the text. */
export function childrenOf(node: Node | File): readonly Node[] {
  switch (node.kind) {
    case 'file':
      return node.statements;
    case 'expression':
      return [node.expression];
    case 'assignment':
      return [node.target, node.value];
    case 'return':
    case '* argument':
    case '** argument':
      return node.value ? [node.value] : [];
    case 'load':
      return [node.path, ...node.symbols];
    case 'loaded symbol':
      return node.local.end < node.literal.start ? [node.local, node.literal] : [node.literal];
    case 'def':
      return [node.name, ...node.parameters, ...node.body];
    case 'if':
      return [node.condition, ...node.body, ...node.otherwise];
    case 'for':
      return [node.target, node.iterable, ...node.body];
    case 'while':
      return [node.condition, ...node.body];
    case 'parameter':
      return node.default ? [node.name, node.default] : [node.name];
    case '* parameter':
    case '** parameter':
      return node.name ? [node.name] : [];
    case 'named argument':
      return [node.name, node.value];
    case 'paren':
      return [node.inner];
    case 'tuple':
    case 'list':
      return node.items;
    case 'dict':
      return node.entries;
    case 'entry':
      return [node.key, node.value];
    case 'comprehension':
      return [node.body, ...node.clauses];
    case 'for clause':
      return [node.target, node.iterable];
    case 'if clause':
      return [node.condition];
    case 'conditional':
      return [node.whenTrue, node.condition, node.whenFalse];
    case 'lambda':
      return [...node.parameters, node.body];
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'dot':
      return [node.object];
    case 'index':
      return [node.object, node.key];
    case 'slice':
      return [node.object, node.from, node.to, node.step].filter((part) => part !== undefined);
    case 'call':
      return [node.callee, ...node.arguments];
    case 'break':
    case 'continue':
    case 'pass':
    case 'identifier':
    case 'string':
    case 'bytes':
    case 'int':
    case 'float':
      return [];
  }
}

/** The indented blocks of a statement. */
export function blocksOf(node: Node | File): readonly (readonly Node[])[] {
  switch (node.kind) {
    case 'file':
      return [node.statements];
    case 'def':
    case 'for':
    case 'while':
      return [node.body];
    case 'if':
      return node.otherwise.length > 0 ? [node.body, node.otherwise] : [node.body];
    default:
      return [];
  }
}
