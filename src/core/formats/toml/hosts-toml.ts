import type { TomlTable, TomlValue } from 'smol-toml';
import { readToml, valueAt } from './toml-edit.js';

/** One server of a hosts.toml (containerd docs/hosts.md), and how it is trusted. */
export interface HostsServer {
  /** As written: `https://mirror.example.com:5000/v2`. */
  readonly url: string;
  /** `host` or `host:port`. */
  readonly name: string;
  readonly ca: readonly string[];
  readonly skipVerify: boolean;
}

/** Those that are asked before `server`, in their order, and the server itself; null where none is named. */
export interface HostsFile {
  readonly hosts: readonly HostsServer[];
  readonly server: HostsServer | null;
}

/** Throws `invalid-config` for what is no TOML. */
export function readHosts(path: string, text: string): HostsFile {
  const table = readToml({ path, text });
  const hosts = valueAt(table, ['host']);
  const named = typeof table.server === 'string' ? table.server : null;
  return {
    hosts: Object.entries(isTable(hosts) ? hosts : {}).map(([url, own]) =>
      serverOf(url, isTable(own) ? own : {}),
    ),
    server: named === null ? null : serverOf(named, table),
  };
}

function serverOf(url: string, table: TomlTable): HostsServer {
  const whole = url.includes('://') ? url : `https://${url}`;
  return {
    url: whole,
    name: URL.canParse(whole) ? new URL(whole).host : url,
    ca: listOf(table.ca),
    skipVerify: table.skip_verify === true,
  };
}

function listOf(value: TomlValue | undefined): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}

function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
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
