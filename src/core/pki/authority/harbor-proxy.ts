import type { Endpoint } from './deployment.js';

/** The container of goharbor/nginx-photon as `docker inspect` shows it. */
export interface HarborProxy {
  readonly isRunning: boolean;
  /** Folder of this machine, by its path inside. */
  readonly mounts: ReadonlyMap<string, string>;
  /** Where this machine can ask it; null where it publishes its TLS port nowhere. */
  readonly endpoint: Endpoint | null;
}

/** The ports that goharbor/harbor's docker-compose.yml.jinja publishes for https: since 1.10, and before. */
const TLS_PORTS = ['8443/tcp', '443/tcp'];

/** What moby's api/types/container InspectResponse has of it; `docker inspect` answers a list. */
interface Inspected {
  readonly State?: { readonly Running?: boolean };
  readonly HostConfig?: { readonly NetworkMode?: string };
  readonly NetworkSettings?: {
    readonly Ports?: Readonly<Record<string, readonly Binding[] | null>>;
  };
  readonly Mounts?: readonly { readonly Source?: string; readonly Destination?: string }[];
}

interface Binding {
  readonly HostIp?: string;
  readonly HostPort?: string;
}

/** Reads the answer of `docker inspect`; null where it shows no container. `port` is harbor.yml's https.port. */
export function readHarborProxy(json: string, port: number): HarborProxy | null {
  const container = parse(json);
  if (container === null) return null;
  const mounts = (container.Mounts ?? []).map(
    ({ Source = '', Destination = '' }) => [Destination, Source] as const,
  );
  return {
    isRunning: container.State?.Running === true,
    mounts: new Map(mounts),
    endpoint:
      container.HostConfig?.NetworkMode === 'host'
        ? { host: '127.0.0.1', port }
        : publishedAt(container),
  };
}

function publishedAt({ NetworkSettings }: Inspected): Endpoint | null {
  const bindings = TLS_PORTS.flatMap((name) => NetworkSettings?.Ports?.[name] ?? []);
  const [first] = bindings.filter(({ HostPort = '' }) => /^\d+$/u.test(HostPort));
  if (first === undefined) return null;
  return {
    host: EVERYWHERE[first.HostIp ?? ''] ?? first.HostIp ?? '',
    port: Number(first.HostPort),
  };
}

/** Addresses that stand for all of a machine, and the one of them to ask. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  '': '127.0.0.1',
  '0.0.0.0': '127.0.0.1',
  '::': '::1',
};

function parse(json: string): Inspected | null {
  try {
    const [container] = JSON.parse(json) as readonly (Inspected | undefined)[];
    return container ?? null;
  } catch {
    return null;
  }
}
