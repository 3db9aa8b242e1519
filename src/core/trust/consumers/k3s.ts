import { join } from 'node:path';
import { isMap, isPair, isScalar, type Document } from 'yaml';
import { DockerctlError } from '../../../errors.js';
import type { FileChange } from '../../plan/plan.js';
import { shellWord } from '../../text/shell-word.js';
import { parseYaml, printYaml, putNode } from '../../formats/yaml-edit.js';
import {
  CA_FILE,
  CERT_FILE,
  dropCertificates,
  KEY_FILE,
  putCertificates,
  readFolder,
} from '../contributions/cert-folder.js';
import type {
  Consumer,
  Material,
  RegistryOnMachine,
  TrustRequest,
} from '../contributions/consumer.js';
import { drop, NOTHING, put } from '../contributions/contribution.js';
import { textAt, type Snapshot } from '../../plan/snapshot.js';

/** k3s and rke2 differ in the folder and the name of the service alone. */
const DISTRIBUTIONS = [
  {
    folder: '/etc/rancher/k3s',
    service: 'k3s (or k3s-agent)',
    signs: ['/etc/rancher/k3s', '/usr/local/bin/k3s'],
  },
  {
    folder: '/etc/rancher/rke2',
    service: 'rke2-server (or rke2-agent)',
    signs: ['/etc/rancher/rke2', '/usr/local/bin/rke2'],
  },
];
const OURS = '# set by dockerctl';

/**
 * `configs` in registries.yaml (docs.k3s.io/installation/private-registry), from which k3s writes containerd's hosts.toml
 * at its start only. A restart of a node's k3s is left to the operator.
 */
export const k3s: Consumer = {
  name: 'k3s',
  signs: DISTRIBUTIONS.flatMap(({ signs }) => signs),

  shared: DISTRIBUTIONS.map(({ folder }) => fileOf(folder)),

  follow: (changes) => ({
    refresh: [],
    notes: DISTRIBUTIONS.filter(({ folder }) =>
      changes.some(({ path }) => path === fileOf(folder)),
    ).map(restartNote),
  }),

  reads: ({ registry }, snapshot) =>
    DISTRIBUTIONS.flatMap(({ folder, signs }) => [
      ...signs,
      fileOf(folder),
      ...readFolder(snapshot, join(folder, 'certs.d', registry.name)),
    ]),

  add(request, snapshot) {
    const here = present(snapshot);
    const changes = here.flatMap(({ folder }) => [
      ...(request.material.insecure
        ? []
        : putCertificates(snapshot, certsOf(folder, request), request.material)),
      ...write(snapshot, folder, addEntry(read(snapshot, folder), { request, folder })),
    ]);
    const open = request.material.insecure ? [httpNote(request)] : [];
    return {
      ...NOTHING,
      changes,
      notes: changes.length === 0 ? [] : [...here.map(restartNote), ...open],
    };
  },

  remove(subject, snapshot) {
    const here = DISTRIBUTIONS.filter(({ folder }) => textAt(snapshot, fileOf(folder)) !== null);
    const changes = here.flatMap(({ folder }) => [
      ...dropCertificates(snapshot, certsOf(folder, subject)),
      ...write(snapshot, folder, removeEntry(read(snapshot, folder), subject.registry.name)),
    ]);
    return {
      ...NOTHING,
      changes,
      prune: present(snapshot).flatMap(({ folder }) => [
        certsOf(folder, subject),
        join(folder, 'certs.d'),
        folder,
        '/etc/rancher',
      ]),
      notes: changes.length === 0 ? [] : here.map(restartNote),
    };
  },
};

function restartNote({ folder, service }: (typeof DISTRIBUTIONS)[number]): string {
  return `${fileOf(folder)} is read at the start only: systemctl restart ${service}`;
}

/** docs.k3s.io: `insecure_skip_verify` is for https alone; http is what an endpoint says. */
function httpNote({ registry: { name } }: RegistryOnMachine): string {
  return `k3s asks ${name} over https still; where it speaks http only, its registries.yaml needs: mirrors: {"${name}": {endpoint: ["http://${name}"]}}`;
}

/** Those that are here; k3s where it was named and none is. */
function present(snapshot: Snapshot) {
  const found = DISTRIBUTIONS.filter(({ signs }) =>
    signs.some((path) => (snapshot.get(path) ?? null) !== null),
  );
  return found.length > 0 ? found : DISTRIBUTIONS.slice(0, 1);
}

function certsOf(folder: string, { registry }: RegistryOnMachine): string {
  return join(folder, 'certs.d', registry.name);
}

function read(snapshot: Snapshot, folder: string): string {
  return textAt(snapshot, fileOf(folder)) ?? '';
}

function write(snapshot: Snapshot, folder: string, text: string): FileChange[] {
  const path = fileOf(folder);
  return text === ''
    ? drop(snapshot, path)
    : put(snapshot, path, { content: { text }, mode: 0o600 });
}

function tlsOf({
  material,
  folder,
}: {
  material: Material;
  folder: string;
}): Record<string, string | true> {
  if (material.insecure) return { insecure_skip_verify: true };
  return {
    ...(material.ca === null ? {} : { ca_file: join(folder, CA_FILE) }),
    ...(material.client === null
      ? {}
      : { cert_file: join(folder, CERT_FILE), key_file: join(folder, KEY_FILE) }),
  };
}

/** A new entry is spliced in as a block of its own; one that is there is set key by key, and may be laid out anew. */
function addEntry(
  text: string,
  { request, folder }: { request: TrustRequest; folder: string },
): string {
  const { name } = request.registry;
  const tls = tlsOf({ material: request.material, folder: certsOf(folder, request) });
  const document = parseRegistries(fileOf(folder), text);
  if (document.hasIn(['configs', name])) {
    const skip = ['configs', name, 'tls', 'insecure_skip_verify'];
    const opens = request.material.closes === true && document.getIn(skip) === true;
    if (opens) document.deleteIn(skip);
    const same =
      !opens &&
      Object.entries(tls).every(
        ([key, value]) => document.getIn(['configs', name, 'tls', key]) === value,
      );
    if (same) return text;
    const set = Object.entries(tls).every(([key, value]) =>
      putNode(document, ['configs', name, 'tls', key], value),
    );
    if (!set) throw unreadable(fileOf(folder), `configs."${name}".tls is not a map`);
    const printed = printYaml(document);
    if (printed === null) throw unreadable(fileOf(folder), 'it refers to what is not in it');
    return printed;
  }
  const { at, indent } = place(text, document);
  const block = [
    `${indent}${JSON.stringify(name)}: ${OURS}`,
    `${indent}  tls:`,
    ...Object.entries(tls).map(([key, value]) => `${indent}    ${key}: ${JSON.stringify(value)}`),
  ];
  const head = at === null ? [`configs: ${OURS}`] : [];
  const before = at === null ? text : text.slice(0, at);
  const open = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${open}${[...head, ...block].join('\n')}\n${at === null ? '' : text.slice(at)}`;
}

/** After the line of `configs:`, indented like what follows; null: there is no such line. */
function place(text: string, document: Document): { at: number | null; indent: string } {
  const pair = isMap(document.contents)
    ? document.contents.items.find(({ key }) => isScalar(key) && key.value === 'configs')
    : undefined;
  const start = isPair(pair) && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
  if (start === undefined) return { at: null, indent: '  ' };
  const end = text.indexOf('\n', start);
  const at = end === -1 ? text.length : end + 1;
  const indent = /^(?:[ \t]*(?:#[^\n]*)?\n)*([ ]+)\S/.exec(text.slice(at))?.[1] ?? '  ';
  return { at, indent };
}

function removeEntry(text: string, name: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim() === `${JSON.stringify(name)}: ${OURS}`);
  if (start === -1) return text;
  const depth = indentOf(lines[start] ?? '');
  const length = lines
    .slice(start + 1)
    .findIndex((line) => line.trim() !== '' && indentOf(line) <= depth);
  const end = length === -1 ? lines.length : start + 1 + length;
  const kept = [...lines.slice(0, start), ...lines.slice(end)];
  const head = kept.findIndex((line) => line === `configs: ${OURS}`);
  const alone = head !== -1 && indentOf(kept[head + 1] ?? '') === 0;
  const rest = kept.filter((_, index) => !(alone && index === head));
  const result = rest.join('\n');
  return end === lines.length && result !== '' && !result.endsWith('\n') ? `${result}\n` : result;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Throws `invalid-value`, `invalid-config`. */
export function parseRegistries(path: string, text: string): Document {
  const document = parseYaml({ path, text });
  if (document.contents === null || isMap(document.contents)) return document;
  throw unreadable(path, 'it is not a map');
}

function unreadable(path: string, why: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-config',
    message: `${path} cannot be read: ${why}`,
    hint: `correct it by hand: \`$EDITOR ${shellWord(path)}\``,
  });
}

function fileOf(folder: string): string {
  return join(folder, 'registries.yaml');
}
