import type { TomlTable, TomlValue } from 'smol-toml';
import { DockerctlError } from '../../../errors.js';
import { shellWord } from '../../text/shell-word.js';
import { isTable, readToml, valueAt } from './toml-edit.js';

/** One server of a hosts.toml (containerd docs/hosts.md), and how it is trusted. */
export interface HostsServer {
  /** As written: `https://mirror.example.com:5000/v2`. */
  readonly url: string;
  /** `host` or `host:port`. */
  readonly name: string;
  /** As written: below the folder of the file where they are relative. */
  readonly ca: readonly string[];
  /** Certificate and key; one file may hold both. */
  readonly client: readonly (readonly [string, string])[];
  readonly skipVerify: boolean;
  /** It is asked which image a tag is: without it, a server is asked for layers alone. */
  readonly resolves: boolean;
}

/** Those that are asked before `server`, in their order, and the server itself; null where none is named. */
export interface HostsFile {
  readonly hosts: readonly HostsServer[];
  readonly server: HostsServer | null;
  /** What the keys outside of tables say of the server, named or not: then it is the registry itself. */
  readonly top: HostsServer;
}

/**
 * Throws `invalid-config` for what its readers pass over as a whole: no TOML, a capability that there is not, a `ca` that is
 * neither a path nor a list of them (containerd core/remotes/docker/config/hosts.go, parseHostConfig).
 */
export function readHosts(path: string, text: string): HostsFile {
  const table = readToml({ path, text });
  const hosts = valueAt(table, ['host']);
  const named = typeof table.server === 'string' ? table.server : null;
  return {
    hosts: Object.entries(isTable(hosts) ? hosts : {}).map(([url, own]) =>
      serverOf(path, url, isTable(own) ? own : {}),
    ),
    server: named === null ? null : serverOf(path, named, table),
    top: serverOf(path, '', table),
  };
}

function serverOf(path: string, url: string, table: TomlTable): HostsServer {
  const whole = url.startsWith('http') || url === '' ? url : `https://${url}`;
  const capabilities = stringsOf(path, 'capabilities', table.capabilities ?? []);
  const unknown = capabilities.find((one) => !CAPABILITIES.includes(one.toLowerCase()));
  if (unknown !== undefined) throw passedOver(path, `capability ${JSON.stringify(unknown)}`);
  return {
    url: whole,
    name: URL.canParse(whole) ? new URL(whole).host : url,
    ca: stringsOf(path, 'ca', typeof table.ca === 'string' ? [table.ca] : (table.ca ?? [])),
    client: pairsOf(path, table.client ?? []),
    skipVerify: table.skip_verify === true,
    resolves: capabilities.length === 0 || capabilities.some((one) => /^resolve$/i.test(one)),
  };
}

const CAPABILITIES = ['pull', 'resolve', 'push'];

function stringsOf(path: string, key: string, value: TomlValue): string[] {
  const list = Array.isArray(value) ? value : [value];
  const strings = list.filter((one) => typeof one === 'string');
  if (!Array.isArray(value) || strings.length < list.length) throw passedOver(path, key);
  return strings;
}

function pairsOf(path: string, value: TomlValue): (readonly [string, string])[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((one) => {
    const [cert, key = cert, ...more] =
      typeof one === 'string' ? [one] : stringsOf(path, 'client', one);
    if (cert === undefined || key === undefined || more.length > 0)
      throw passedOver(path, 'client');
    return [cert, key];
  });
}

function passedOver(path: string, what: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-config',
    message: `${path} is passed over as a whole by its readers: its ${what} is not what they take`,
    hint: `$EDITOR ${shellWord(path)}`,
  });
}

/** What we write for one server. */
export interface WantedServer {
  readonly url: string;
  readonly ca: readonly string[];
  /** Certificate and key. */
  readonly client: readonly (readonly [string, string])[];
  readonly skipVerify: boolean;
}

const WHOLE = '# written by dockerctl';

/** A whole file: `hosts` for pulls alone, then `server`; without one (`_default`) the registry itself comes last. */
export function writeHosts(server: WantedServer | null, hosts: readonly WantedServer[]): string {
  const top =
    server === null ? [] : [`server = ${JSON.stringify(server.url)}`, ...linesOf(server, '')];
  const tables = hosts.map((host) =>
    [
      `\n[host.${JSON.stringify(host.url)}]`,
      '  capabilities = ["pull", "resolve"]',
      ...linesOf(host, '  '),
    ].join('\n'),
  );
  return `${[WHOLE, ...top, ...tables].join('\n')}\n`;
}

function linesOf({ ca, client, skipVerify }: WantedServer, indent: string): string[] {
  return [
    ...(ca.length === 0 ? [] : [`${indent}ca = ${JSON.stringify(ca)}`]),
    ...(client.length === 0 ? [] : [`${indent}client = ${JSON.stringify(client)}`]),
    ...(skipVerify ? [`${indent}skip_verify = true`] : []),
  ];
}
