import type { Compose, Running } from '../engine/ports.ts';

/** Docker Compose; what that needs is loaded with the first service. */
export function createServices(): Compose {
  let runner: Promise<Compose> | undefined;
  const loaded = (): Promise<Compose> => {
    runner ??= import('../compose/compose-runner.ts').then(({ createCompose }) => createCompose());
    return runner;
  };
  return {
    up: async (request, output, steps, signal) => (await loaded()).up(request, output, steps, signal),
    watch: (resource, listener) => later(loaded().then((compose) => compose.watch(resource, listener))),
    remove: async (resource, signal) => (await loaded()).remove(resource, signal),
  };
}

/** Something that begins to run a moment later. */
function later(running: Promise<Running>): Running {
  return {
    async stop() {
      await (await running).stop();
    },
  };
}
