import type { Expression } from '../syntax/ast.ts';
import { stringLiteral } from './constants.ts';
import { bindingOf, Writer, withoutParentheses } from './writer.ts';

/** Assignments to what can stand on the left, and loops, which make such assignments. */
export abstract class TargetWriter extends Writer {
  /**
   * Writes statements that assign a value.
   *
   * @param value JavaScript that can be read more than once.
   * @param at Where a value that does not unpack is reported.
   * @param depth Of targets inside of targets.
   */
  protected assign(target: Expression, value: string, at: number, depth = 0): void {
    switch (target.kind) {
      case 'identifier':
        this.trail.step();
        this.out.write(`${this.variable(target)}=${value};`);
        this.assigned.add(bindingOf(target));
        return;
      case 'paren':
        this.assign(target.inner, value, at, depth);
        return;
      case 'tuple':
      case 'list':
        this.unpack(target.items, () => this.out.write(value), at, depth);
        return;
      case 'index':
        this.setIndex(target.object, target.key, target.at, () => this.out.write(value));
        return;
      case 'dot':
        this.setAttribute(target.object, target.name, target.at, () => this.out.write(value));
        return;
      default:
        throw new Error(`A ${target.kind} cannot be assigned to`);
    }
  }

  protected unpack(targets: readonly Expression[], writeValue: () => void, at: number, depth = 0): void {
    const values = this.frame.temporary(`$u${depth}`);
    this.out.write(`${values}=`);
    this.begin('unpack', at);
    writeValue();
    this.trail.stepAt(at);
    this.out.write(`,${targets.length});`);
    for (const [index, target] of targets.entries()) this.assign(target, `${values}[${index}]`, at, depth + 1);
  }

  protected setIndex(object: Expression, key: Expression, at: number, writeValue: () => void): void {
    this.begin('setIndex', at);
    this.expression(object);
    this.out.write(',');
    this.expression(key);
    this.out.write(',');
    writeValue();
    this.trail.stepAt(at);
    this.out.write(');');
  }

  protected setAttribute(object: Expression, name: string, at: number, writeValue: () => void): void {
    this.begin('setAttribute', at);
    this.expression(object);
    this.out.write(`,${stringLiteral(name)},`);
    writeValue();
    this.trail.stepAt(at);
    this.out.write(');');
  }

  /** Writes a loop over the elements of a value, which locks it as long as it runs. */
  protected loop(target: Expression, iterable: Expression, at: number, writeBody: () => void): void {
    this.frame.loop((number) => {
      const [loop = '', items = '', count = '', index = ''] = ['$s', '$a', '$n', '$i'].map((name) =>
        this.frame.temporary(name + number),
      );
      this.out.write(`${loop}=`);
      this.begin('iterate', at);
      this.expression(iterable);
      this.trail.stepAt(at);
      this.out.write(`);${items}=${loop}.items;${count}=${items}.length;`);
      const more = `(${index}=0,${items}=${loop}.more(),(${count}=${items}.length)>0)`;
      this.out.write(`try{for(${index}=0;${index}<${count}||${more};${index}++){`);
      this.assigned.branch(() => {
        this.assign(withoutParentheses(target), `${items}[${index}]`, at);
        writeBody();
      });
      this.out.write(`}}finally{${loop}.done()}`);
    });
  }
}
