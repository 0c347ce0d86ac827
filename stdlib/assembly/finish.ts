import type { Broker } from '../../interpreter/broker.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import type { LoadedTiltfile } from '../declarations.ts';
import { usedExtensions } from '../extensions/extensions.ts';
import { registeredExtensions } from '../extensions/registered.ts';
import { passedOverRefusal, whyNotDeploy } from '../kubernetes/session-context.ts';
import { type Session, tiltfileWords } from '../session.ts';
import { type Assembled, assemble } from './assemble.ts';
import type { AssemblyFailure } from './failure.ts';
import { projectFiles } from './project-files.ts';
import { workloadNamer } from './workload-names.ts';

/** Assembles what a script declared. Throws `Refusal`, with all reasons, where it does not fit together. */
export function finishTiltfile(session: Session, broker: Broker): LoadedTiltfile {
  const { declarations, options } = session;
  const assembled: Assembled = assemble({
    declarations,
    mainFile: options.mainFile,
    enabledNames: askedFor(session),
    files: projectFiles(broker),
    whyNotDeploy: () => whyNotDeploy(session),
    nameWorkloads: workloadNamer(declarations),
  });
  if (!assembled.ok) throw refusal(assembled.failures);
  const registered = registeredExtensions(session, broker);
  return {
    graph: assembled.graph,
    warnings: [...declarations.warnings, ...assembled.warnings, ...registered.warnings],
    registered: registered.extensions,
    extensions: usedExtensions(session),
    ...(declarations.kubernetesObjects.length === 0 ? {} : passedOverRefusal(session)),
  };
}

/** What the Tiltfile chose counts most. The words of the command line are names, unless `config.parse()` has read them. */
function askedFor({ declarations: { config }, options }: Session): readonly string[] | 'none' {
  return config.enabled ?? (config.parsedIn === undefined ? tiltfileWords(options) : []);
}

/** The first failure gives the place; the others say theirs. */
function refusal(failures: readonly AssemblyFailure[]): Refusal {
  const [first, ...others] = failures;
  const lines = others.map(({ message, position }) => {
    const place = position ? ` (${position.file}:${position.line}:${position.column})` : '';
    return `${message}${place}`;
  });
  return new Refusal([first?.message ?? '', ...lines].join('\n'), { position: first?.position });
}
