import type { Machine, Ran } from './machine.js';

/** What says whether dockerd was restarted: systemd gives each start an id of its own. */
export interface DaemonIdentity {
  readonly pid: string;
  readonly invocation: string;
}

export async function daemonIdentity(machine: Machine): Promise<DaemonIdentity> {
  const property = (name: string) => machine.sh(`systemctl show --value -p ${name} docker`);
  return { pid: await property('MainPID'), invocation: await property('InvocationID') };
}

/** A Go template over `docker info`. */
export function dockerInfo(machine: Machine, template: string): Promise<string> {
  return machine.sh(`docker info -f '${template}'`);
}

/** Pushes bb:1 to a registry, by another name where one is given. */
export async function push(machine: Machine, registry: string, name = 'bb'): Promise<Ran> {
  const image = `${registry}/${name}:1`;
  await machine.sh(`docker tag bb:1 ${image}`);
  return machine.exec(['docker', 'push', image]);
}

/** Removes the local tag and pulls it again. */
export async function pull(machine: Machine, registry: string): Promise<Ran> {
  await machine.exec(['docker', 'rmi', `${registry}/bb:1`]);
  return machine.exec(['docker', 'pull', `${registry}/bb:1`]);
}

/** The `data` of a `--json` answer; throws what the command said when it failed. */
export function dataOf(ran: Ran): unknown {
  if (ran.status !== 0) throw new Error(`exit ${ran.status}: ${ran.stderr}${ran.stdout}`);
  return (JSON.parse(ran.stdout) as { readonly data: unknown }).data;
}
