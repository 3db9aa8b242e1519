import { bytesIn } from '../../dockerd/config/file.js';
import { listenAddresses } from '../../dockerd/observed/paths.js';
import type { Finding } from '../../plan/finding.js';
import { found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';

/** What the CLI of this very shell takes from its environment: it counts more than config.json (docker/cli cli/command). */
export interface ClientEnvironment {
  /** DOCKER_HOST; null where it is not set. */
  readonly host: string | null;
  /** DOCKER_CONTEXT; null where it is not set, and beside DOCKER_HOST, which counts more. */
  readonly context: string | null;
  /** Whose contexts are looked at. */
  readonly home: string;
}

export function clientEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): ClientEnvironment {
  const host = env.DOCKER_HOST?.trim() ?? '';
  const context = host === '' ? (env.DOCKER_CONTEXT ?? '') : '';
  return {
    host: host === '' ? null : host,
    context: context === '' ? null : context,
    home: env.HOME ?? '/root',
  };
}

/** DOCKER_HOST names another engine than that of this machine; nobody asks whether there is one. */
export function otherHost({ clientEnv: { host }, observed }: DoctorFacts): Finding[] {
  if (host === null || observed.state === 'absent') return [];
  const { argv, configFile, endpoint } = observed;
  const text = bytesIn(configFile);
  const listens = listenAddresses(argv, text && Buffer.from(text).toString());
  const socket =
    endpoint !== null && 'socketPath' in endpoint ? [`unix://${endpoint.socketPath}`] : [];
  const own = [...listens, ...socket].map(plain);
  if (own.includes(plain(host)) || isOwnPort(host, listens)) return [];
  return [
    found('client-elsewhere', {
      subject: 'DOCKER_HOST',
      message: `docker talks to ${withoutPassword(host)}, which DOCKER_HOST names in this shell, and not to the engine of this machine.`,
      hint: 'unset DOCKER_HOST',
    }),
  ];
}

function plain(address: string): string {
  return address.replace(/^unix:\/\/\/var\/run\//, 'unix:///run/').replace(/\/$/, '');
}

/** An address of this machine cannot be told from another's: a port that dockerd listens on is taken for its own. */
function isOwnPort(host: string, listens: readonly string[]): boolean {
  const port = /^tcp:\/\/.*:(\d+)$/.exec(host)?.[1];
  return port !== undefined && listens.some((address) => address.endsWith(`:${port}`));
}

function withoutPassword(address: string): string {
  return address.replace(/^([a-z]+:\/\/[^:@/]*):[^@/]*@/, '$1@');
}
