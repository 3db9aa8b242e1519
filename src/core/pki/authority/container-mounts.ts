import { posix } from 'node:path';
import type { Endpoint } from './deployment.js';

/** A container that runs a server whose files lie in a folder of this machine. */
export interface ServerContainer {
  readonly name: string;
  readonly isRunning: boolean;
  /** The user that it runs as, where it is a number; null: another, or root. */
  readonly uid: number | null;
  readonly mounts: readonly Mount[];
  readonly environment: ReadonlyMap<string, string>;
  readonly args: readonly string[];
  /** On this machine, by `5000/tcp`. */
  readonly ports: ReadonlyMap<string, Endpoint>;
  readonly onHostNetwork: boolean;
}

export interface Mount {
  /** On this machine. */
  readonly source: string;
  /** Inside. */
  readonly destination: string;
}

/** What moby's api/types/container InspectResponse has of it. */
interface Inspected {
  readonly Name?: string;
  readonly State?: { readonly Running?: boolean };
  readonly Args?: readonly string[];
  readonly Config?: { readonly User?: string; readonly Env?: readonly string[] };
  readonly HostConfig?: { readonly NetworkMode?: string };
  readonly NetworkSettings?: {
    readonly Ports?: Readonly<
      Record<string, readonly { readonly HostIp?: string; readonly HostPort?: string }[] | null>
    >;
  };
  readonly Mounts?: readonly { readonly Source?: string; readonly Destination?: string }[];
}

/** Reads the answer of `docker inspect` on several containers; none for what is no such answer. */
export function readContainers(json: string): ServerContainer[] {
  try {
    return (JSON.parse(json) as readonly Inspected[]).map(containerOf);
  } catch {
    return [];
  }
}

function containerOf({
  Name,
  State,
  Args,
  Config,
  HostConfig,
  NetworkSettings,
  Mounts,
}: Inspected) {
  const user = /^\d+/u.exec(Config?.User ?? '')?.[0];
  const ports = Object.entries(NetworkSettings?.Ports ?? {}).flatMap(([port, bindings]) => {
    const [first] = bindings ?? [];
    if (first === undefined || !/^\d+$/u.test(first.HostPort ?? '')) return [];
    const host = EVERYWHERE[first.HostIp ?? ''] ?? first.HostIp ?? '';
    return [[port, { host, port: Number(first.HostPort) }] as const];
  });
  return {
    name: (Name ?? '').replace(/^\//u, ''),
    isRunning: State?.Running === true,
    uid: user === undefined || user === '0' ? null : Number(user),
    mounts: (Mounts ?? []).flatMap(({ Source = '', Destination = '' }) =>
      Source.startsWith('/') && Destination.startsWith('/')
        ? [{ source: Source, destination: Destination }]
        : [],
    ),
    environment: new Map(
      (Config?.Env ?? []).map((line) => [
        line.slice(0, line.indexOf('=')),
        line.slice(line.indexOf('=') + 1),
      ]),
    ),
    args: Args ?? [],
    ports: new Map(ports),
    onHostNetwork: HostConfig?.NetworkMode === 'host',
  };
}

/** Addresses that stand for all of a machine, and the one of them to ask. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  '': '127.0.0.1',
  '0.0.0.0': '127.0.0.1',
  '::': '::1',
};

/** The path inside, of a file of this machine; null where the container does not see it. The innermost mount counts. */
export function pathInside(mounts: readonly Mount[], path: string): string | null {
  return moved(mounts, path, ({ source, destination }) => [source, destination]);
}

/** The path on this machine, of a file inside; null where it lies in the container alone. */
export function pathOutside(mounts: readonly Mount[], path: string): string | null {
  return moved(mounts, path, ({ source, destination }) => [destination, source]);
}

function moved(
  mounts: readonly Mount[],
  path: string,
  ends: (mount: Mount) => readonly [string, string],
): string | null {
  const [best] = mounts
    .map(ends)
    .filter(([from]) => path === from || path.startsWith(`${from.replace(/\/$/u, '')}/`))
    .sort(([one], [other]) => other.length - one.length);
  return best === undefined ? null : posix.join(best[1], path.slice(best[0].length));
}
