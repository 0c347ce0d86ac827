/** What a name in a file stands for: one object for all uses of the same variable. */
export interface Binding {
  readonly name: string;
  /**
   * `local`: a variable of a function, or of the file if a `load` or a comprehension outside of all functions made it. `global`: a
   * variable that the file exports. `predeclared` and `universal`: defined outside. `undefined`: an error was reported.
   */
  readonly scope: 'local' | 'global' | 'predeclared' | 'universal' | 'undefined';
  /** The function whose variable it is; nothing for variables of the file and for what is no variable. */
  readonly owner: FunctionScope | undefined;
  /** It lives in a comprehension, so that other variables of the function may have the same name. */
  readonly inComprehension: boolean;
}

/** The variables of a `def` or `lambda`. */
export interface FunctionScope {
  readonly name: string;
  /** Offset of the `def` or `lambda`. */
  readonly start: number;
  /** The parameters in the order in which a call fills them: those by position, those by keyword only, `*args`, `**kwargs`. */
  readonly parameters: Binding[];
  /** All variables, parameters first. */
  readonly locals: Binding[];
  /** Variables of functions around this one that it uses, itself or in a function inside of it. */
  readonly captured: Set<Binding>;
  positional: number;
  star: Binding | undefined;
  starStar: Binding | undefined;
}

/** The variables of a file outside of functions. */
export interface FileScope {
  /** In the order of their first binding. */
  readonly globals: readonly Binding[];
  /** Variables of `load` and of comprehensions. */
  readonly locals: readonly Binding[];
}
