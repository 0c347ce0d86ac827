import { builtin } from '../schema/builtin.ts';
import { commandOf } from '../schema/command-types.ts';
import { announced, answerTo, localParameters, localSignature, optionsOf } from './local.ts';

export const localAsync = builtin({
  name: 'local_async',
  doc:
    'Runs a command like `local`, and answers a promise at once: several run at the same time, up to eight. A command that fails rejects ' +
    'the promise. The Tiltfile is loaded when all of them have ended, also those that nobody awaits.',
  parameters: localParameters,
  returns: 'Promise<Blob>',
  signature: localSignature('local_async', 'LocalAsyncOptions', (type) => `Promise<${type}>`),
  example:
    "const [api, web] = await Promise.all([local_async('make -s api-version'), local_async('make -s web-version')]);",
  run(args, call, session) {
    session.checkContext(call);
    const parts = { command: args.command, windowsCommand: args.command_bat, dir: args.dir, env: args.env };
    const run = announced(commandOf(parts, call), call, session, optionsOf(args));
    const deferred = call.defer();
    call.broker.start(run.command, (ran) => deferred.settle(() => answerTo(run, ran, args.check)));
    return deferred.promise;
  },
});
