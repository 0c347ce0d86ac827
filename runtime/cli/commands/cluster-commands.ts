import type { Command } from 'commander';
import type { CommandContext } from './context.ts';

/** Commands that make clusters to throw away. */
export function addClusterCommands(program: Command, { exit }: CommandContext): void {
  const cluster = program
    .command('cluster')
    .summary('make and delete clusters to throw away')
    .description('What ci --cluster does, by hand.')
    .helpCommand(false);
  cluster
    .command('create <cluster>')
    .summary('make a cluster with a registry: kind:NAME, k3d:NAME or minikube:NAME')
    .action(async (text: string) => {
      const { createThrowAway } = await import('../cluster-commands.ts');
      exit(await createThrowAway(text));
    });
  cluster
    .command('delete [cluster]')
    .summary('delete a cluster and its registry; without a name, what killed runs left behind')
    .action(async (text: string | undefined) => {
      const { deleteThrowAway } = await import('../cluster-commands.ts');
      exit(await deleteThrowAway(text));
    });
  cluster
    .command('list')
    .summary('list the clusters of kind, k3d and minikube')
    .action(async () => {
      const { listThrowAway } = await import('../cluster-commands.ts');
      exit(await listThrowAway());
    });
}
