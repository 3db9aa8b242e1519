import { dirname, isAbsolute, join } from 'node:path';
import type { TomlTable, TomlValue } from 'smol-toml';
import { attempt, isDockerctlError } from '../../../../errors.js';
import { isTable, readToml, valueAt } from '../../../formats/toml/toml-edit.js';
import { namesIn, textAt, type Snapshot } from '../../../plan/snapshot.js';
import { CONTAINERD_CONFIG } from '../../contributions/own-files.js';

/** A file of containerd's configuration. */
export interface ContainerdFile {
  readonly path: string;
  readonly text: string;
  readonly table: TomlTable;
}

/** What the CRI plugin is told of registries, and by which file. */
export interface CriRegistry {
  readonly file: ContainerdFile;
  /** Of the table `registry`, by the schema of the file. */
  readonly keys: readonly string[];
  readonly table: TomlTable;
}

/** Where the CRI plugin's settings of registries stand, by the schema of config.toml. */
const REGISTRY: Readonly<Record<number, readonly string[]>> = {
  1: ['plugins', 'cri', 'registry'],
  2: ['plugins', 'io.containerd.grpc.v1.cri', 'registry'],
  3: ['plugins', 'io.containerd.cri.v1.images', 'registry'],
};

export function registryKeys(table: TomlTable): readonly string[] {
  const version = typeof table.version === 'number' ? table.version : 1;
  return REGISTRY[version] ?? REGISTRY[3] ?? [];
}

const MOST_FILES = 100;

/** What must be seen to know its configuration: config.toml, and what it imports. */
export function readsContainerdConfig(snapshot: Snapshot): string[] {
  const files = containerdFiles(snapshot);
  return [CONTAINERD_CONFIG, ...files.flatMap((file) => importsOf(file, snapshot))];
}

/**
 * config.toml and what its `imports` name, in the order in which they are laid over each other (containerd cmd/containerd/server/config).
 * Throws `invalid-config` where config.toml is no TOML; an import that is none is passed over.
 */
export function containerdFiles(snapshot: Snapshot): ContainerdFile[] {
  const text = textAt(snapshot, CONTAINERD_CONFIG);
  if (text === null) return [];
  const main = {
    path: CONTAINERD_CONFIG,
    text,
    table: readToml({ path: CONTAINERD_CONFIG, text }),
  };
  const files: ContainerdFile[] = [main];
  for (const file of files) {
    if (files.length > MOST_FILES) break;
    for (const path of importsOf(file, snapshot)) {
      if (files.some((one) => one.path === path)) continue;
      const more = textAt(snapshot, path);
      const table = more === null ? null : attempt(() => readToml({ path, text: more }));
      if (more !== null && table !== null && !isDockerctlError(table))
        files.push({ path, text: more, table });
    }
  }
  return files;
}

/** Paths and folders: a pattern is looked up in its folder, which must be seen first. */
function importsOf({ path, table }: ContainerdFile, snapshot: Snapshot): string[] {
  const { imports } = table;
  const list = Array.isArray(imports) ? imports.filter((one) => typeof one === 'string') : [];
  return list.flatMap((one) => {
    const whole = isAbsolute(one) ? one : join(dirname(path), one);
    if (!/[*?[]/.test(whole)) return [whole];
    const folder = dirname(whole);
    const pattern = patternOf(whole.slice(folder.length + 1));
    const names = namesIn(snapshot, folder).filter((name) => pattern.test(name));
    return [folder, ...[...names].sort().map((name) => join(folder, name))];
  });
}

/** Go's filepath.Match, as far as imports use it: `*` and `?`. */
function patternOf(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '[^/]*').replace(/\?/g, '[^/]')}$`);
}

/** The last file that has a table of the CRI plugin replaces those before it; null where none has one. */
export function criRegistry(snapshot: Snapshot): CriRegistry | null {
  const file = containerdFiles(snapshot).findLast(({ table }) =>
    isTable(valueAt(table, registryKeys(table).slice(0, -1))),
  );
  if (file === undefined) return null;
  const keys = registryKeys(file.table);
  const table = valueAt(file.table, keys);
  return { file, keys, table: isTable(table) ? table : {} };
}

/** One registry of the old tables `registry.mirrors` and `registry.configs`. */
export interface OldRegistry {
  readonly name: string;
  readonly endpoints: readonly string[];
  readonly ca: string | null;
  readonly client: readonly [string, string] | null;
  readonly skipVerify: boolean;
  /** A password or token stands in the file. */
  readonly hasSecret: boolean;
}

/** containerd docs/cri/registry.md, before `config_path`. */
export function oldRegistries({ table }: Pick<CriRegistry, 'table'>): OldRegistry[] {
  const tableOf = (value: TomlValue | undefined) => (isTable(value) ? value : {});
  const { mirrors, configs } = { mirrors: tableOf(table.mirrors), configs: tableOf(table.configs) };
  const names = [...new Set([...Object.keys(mirrors), ...Object.keys(configs)])];
  return names.map((name) => {
    const { endpoint } = tableOf(mirrors[name]);
    const { tls, auth } = tableOf(configs[name]);
    const {
      ca_file: ca,
      cert_file: cert,
      key_file: key,
      insecure_skip_verify: skip,
    } = tableOf(tls);
    return {
      name,
      endpoints: Array.isArray(endpoint) ? endpoint.filter((one) => typeof one === 'string') : [],
      ca: textOf(ca),
      client: typeof cert === 'string' && typeof key === 'string' ? [cert, key] : null,
      skipVerify: skip === true,
      hasSecret: ['password', 'auth', 'identitytoken'].some(
        (one) => textOf(tableOf(auth)[one]) !== null,
      ),
    };
  });
}

function textOf(value: TomlValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
