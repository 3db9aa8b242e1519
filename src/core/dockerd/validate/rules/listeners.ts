import { stringsOf } from '../../options/meaning.js';
import { ipFamily, splitHostPort } from '../../options/values/address.js';
import { parseGoUrl } from '../../options/values/url.js';
import { inRange } from '../../options/keys/version.js';
import { checkPem, missingFile } from './missing.js';
import {
  booleanOf,
  counted,
  kindAt,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from './rule.js';

/** Where dockerd listens, and with which certificates. */
export function checkListeners(candidate: DecodedConfig): RuleProblem[] {
  return [...checkHosts(candidate), ...checkTls(candidate), ...checkMetrics(candidate)];
}

/** moby opts/hosts.go, ValidateHost; 20.10 finds out when it listens. */
function checkHosts(candidate: DecodedConfig): RuleProblem[] {
  const stops = inRange(candidate.engine, '23..') ? 'both' : 'start';
  const isWorth = counted();
  return stringsOf(candidate.config.get('hosts')).flatMap((host, index): RuleProblem[] => {
    const reason = hostProblem(host);
    const path = ['hosts', index];
    if (reason !== null) {
      if (!isWorth('bad')) return [];
      return [
        {
          code: 'bad-host',
          path,
          message: `dockerd cannot listen on ${quote(host)}: ${reason}`,
          hint: 'write unix:///var/run/docker.sock or fd://',
          stops,
        },
      ];
    }
    const isTold = isOpen(host) && !isVerified(candidate) && isWorth('open');
    return isTold ? [openApi(host, path)] : [];
  });
}

function hostProblem(host: string): string | null {
  if (host === '') return null;
  const [, scheme, rest = ''] = /^([^:/]*):\/\/(.*)$/s.exec(host) ?? [undefined, 'tcp', host];
  if (scheme === 'fd') return null;
  if (scheme === 'npipe') return 'named pipes are for Windows';
  if (scheme === 'unix') return rest.includes('://') ? 'it holds two schemes' : null;
  if (scheme !== 'tcp') return `its scheme is ${quote(scheme)}`;
  const url = parseGoUrl(`tcp://${rest}`);
  if (url === null) return 'it is not an address';
  if (url.path !== '') return 'it has a path';
  const { port } = splitHostPort(url.host);
  return port !== '' && (Number(port) === 0 || Number(port) > 65535)
    ? `${port} is not a port`
    : null;
}

const LOOPBACK = /^(?:tcp:\/\/)?(?:127\.|localhost\b|\[::1\])/i;

function isOpen(host: string): boolean {
  return host !== '' && !/^(?:unix|fd|npipe):/.test(host);
}

function isVerified(candidate: DecodedConfig): boolean {
  return booleanOf(candidate, 'tlsverify', false);
}

/**
 * At every start each dockerd from 20.10 to 29 warns of it, of 127.0.0.1 too, "even on localhost, can also give access to scripts run
 * in a browser", and waits a second (moby cmd/dockerd/daemon.go, loadListeners).
 */
function openApi(host: string, path: readonly (string | number)[]): RuleProblem {
  const isLocal = LOOPBACK.test(host);
  return {
    code: 'open-api',
    path,
    message: isLocal
      ? `${quote(host)} gives root to every user and program of this machine: no client certificate is asked for`
      : `${quote(host)} gives root on this machine to whoever reaches it: no client certificate is asked for`,
    hint: isLocal
      ? 'remove it, and use the socket /var/run/docker.sock, or set tlsverify with certificates (`dockerctl certs issue --profile dockerd`)'
      : 'set tlsverify with certificates (`dockerctl certs issue --profile dockerd`), or use ssh',
  };
}

/**
 * Either key switches TLS on, tlsverify even when it is false, and certificate and key must then load
 * (moby cmd/dockerd/daemon.go, loadDaemonCliConfig).
 */
function checkTls(candidate: DecodedConfig): RuleProblem[] {
  const { config } = candidate;
  if (!usesTls(candidate)) return [];
  const key =
    config.get('tls') === true ? 'tls' : candidate.set.has('tlsverify') ? 'tlsverify' : 'tls';
  const stops = 'start';
  const found: RuleProblem[] = [];
  if (config.get('tlsverify') === false && config.get('tls') !== true) {
    found.push({
      code: 'tls-half',
      path: ['tlsverify'],
      message: 'tlsverify false switches TLS on, without asking for client certificates',
      hint: 'remove tlsverify',
      fix: { remove: ['tlsverify'] },
    });
  }
  const absent = ['tlscert', 'tlskey'].filter((name) => textOf(candidate, name) === '');
  const missing = absent.filter((name) => kindAt(candidate, defaultFile(name)) === null);
  if (missing.length === 0)
    for (const name of absent.filter((one) => kindAt(candidate, defaultFile(one)) === undefined))
      found.push({
        ...missingFile({ key, file: defaultFile(name), stops }),
        need: { needs: 'file', what: `${defaultFile(name)}, as ${key} gives no ${name}` },
      });
  if (missing.length > 0) {
    found.push({
      code: 'tls-half',
      path: [key],
      message: `${key} switches TLS on, and ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not given`,
      hint: `set all in one change, \`dockerctl config set ${key}=true tlscacert=FILE tlscert=FILE tlskey=FILE\`, or remove ${key}`,
      stops,
    });
  }
  return [
    ...found,
    ...['tlscacert', 'tlscert', 'tlskey'].flatMap((name): RuleProblem[] => {
      const file = config.get(name);
      const read = name !== 'tlscacert' || isVerified(candidate);
      if (typeof file !== 'string' || file === '' || !read) return [];
      return checkPem(candidate, { key: name, file, stops });
    }),
  ];
}

/** tlsverify counts with any value, null too, and inside an object that dockerd does not know (moby daemon.go, IsValueSet). */
function usesTls(candidate: DecodedConfig): boolean {
  return (
    candidate.set.has('tlsverify') ||
    booleanOf(candidate, 'tls', false) ||
    booleanOf(candidate, 'tlsverify', false)
  );
}

/** dockerd falls back to the files of root's own client. */
function defaultFile(name: string): string {
  return `/root/.docker/${name === 'tlscert' ? 'cert.pem' : 'key.pem'}`;
}

/** moby cmd/dockerd/metrics.go, startMetricsServer. */
function checkMetrics(candidate: DecodedConfig): RuleProblem[] {
  const address = candidate.config.get('metrics-addr');
  if (typeof address !== 'string' || address === '') return [];
  const { host, port } = splitHostPort(address);
  const wrong = host === '' || !/^\d+$/.test(port) || Number(port) > 65535;
  const { addresses } = candidate.host;
  const elsewhere = ipFamily(host) === 4 && !isLocal(host, addresses ?? []);
  if (!wrong && !elsewhere) return [];
  return [
    {
      code: 'bad-address',
      path: ['metrics-addr'],
      message: elsewhere
        ? `no interface of this machine has the address ${host}`
        : `${quote(address)} is not address:port`,
      hint: 'write an address of this machine, such as "127.0.0.1:9323"',
      stops: 'start',
      ...(!wrong && addresses === undefined && { need: { needs: 'address', what: host } }),
    },
  ];
}

function isLocal(address: string, addresses: readonly string[]): boolean {
  return address.startsWith('127.') || address === '0.0.0.0' || addresses.includes(address);
}
