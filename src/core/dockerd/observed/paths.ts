import { join } from 'node:path';
import { parseDocument } from '../../formats/json/document.js';
import { get } from '../../formats/json/json-edit.js';
import { parseFlags } from '../options/flags.js';
import type { EngineEndpoint, ObservedDaemon } from './observed.js';

/** Where a kind of installation keeps its things when nothing says otherwise. */
export interface DaemonPaths {
  readonly config: string;
  readonly certs: string;
  readonly socket: string;
  readonly pidFile: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The defaults of moby (opts, cli/config, rootless), canonical/docker-snap and Docker Desktop for Linux. */
export function daemonPaths(flavour: ObservedDaemon['flavour'], env: Environment): DaemonPaths {
  const home = env.HOME ?? '/root';
  switch (flavour) {
    case 'engine':
      return {
        config: '/etc/docker/daemon.json',
        certs: '/etc/docker/certs.d',
        socket: '/run/docker.sock',
        pidFile: '/run/docker.pid',
      };
    case 'rootless': {
      const folder = join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'docker');
      const runtime = env.XDG_RUNTIME_DIR ?? join(home, '.docker/run');
      return {
        config: join(folder, 'daemon.json'),
        certs: join(folder, 'certs.d'),
        socket: join(runtime, 'docker.sock'),
        pidFile: join(runtime, 'docker.pid'),
      };
    }
    case 'snap':
      return {
        config: '/var/snap/docker/current/config/daemon.json',
        certs: '/var/snap/docker/common/etc/certs.d',
        socket: '/run/docker.sock',
        pidFile: '/run/snap.docker/docker.pid',
      };
    case 'desktop':
      return {
        config: join(home, '.docker/daemon.json'),
        certs: join(home, '.docker/certs.d'),
        socket: join(home, '.docker/desktop/docker.sock'),
        pidFile: join(home, '.docker/desktop/docker.pid'),
      };
  }
}

/** Where dockerd keeps its containers: `--data-root`, what its file says, or the default of an engine of root's. */
export function dataRootOf(argv: readonly string[], config: string | null): string {
  const { flags } = parseFlags(argv);
  const flag = flags.get('data-root')?.values.at(-1) ?? flags.get('graph')?.values.at(-1);
  const parsed = parseDocument(config === null ? null : Buffer.from(config));
  const named = parsed.ok
    ? (get(parsed.document, ['data-root']) ?? get(parsed.document, ['graph']))
    : undefined;
  return flag ?? (typeof named === 'string' && named !== '' ? named : '/var/lib/docker');
}

/**
 * Where the engine answers, from the addresses that dockerd listens on, in the order of our trust in them: a unix socket,
 * systemd's sockets for `fd://`, the default, TCP on the loopback without TLS. null when there is only TCP with TLS.
 */
export function engineEndpoint(
  hosts: readonly string[],
  fallback: { readonly sockets: readonly string[]; readonly socket: string },
): EngineEndpoint | null {
  const unix = hosts.find((address) => address.startsWith('unix://'))?.slice('unix://'.length);
  if (unix !== undefined) return { socketPath: unix };
  if (hosts.some((address) => address.startsWith('fd://')))
    return { socketPath: fallback.sockets[0] ?? fallback.socket };
  if (hosts.length === 0) return { socketPath: fallback.socket };
  const tcp = /^(?:tcp:\/\/)?(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/;
  for (const address of hosts) {
    const [, host, port] = tcp.exec(address) ?? [];
    if (host !== undefined)
      return { scheme: 'http', host: host.replace(/[[\]]/g, ''), port: Number(port) };
  }
  return null;
}

/** The addresses of `-H` and of the key `hosts`; dockerd refuses to start with both. */
export function listenAddresses(
  argv: readonly string[],
  configText: string | null,
): readonly string[] {
  return parseFlags(argv).flags.get('host')?.values ?? configuredHosts(configText);
}

/** Looks only: a file that is wrong is for `validate` to judge. */
function configuredHosts(text: string | null): string[] {
  try {
    const { hosts } = JSON.parse(text ?? '{}') as { readonly hosts?: unknown };
    return Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : [];
  } catch {
    return [];
  }
}
