import { join } from 'node:path';
import type { TomlValue } from 'smol-toml';
import type { FileChange } from '../../plan/plan.js';
import { setToml, unsetToml } from '../../formats/toml/toml-edit.js';
import {
  CA_FILE,
  CERT_FILE,
  dropCertificates,
  KEY_FILE,
  putCertificates,
  readFolder,
} from './cert-folder.js';
import type { Consumer, Material, Subject, TrustRequest } from './consumer.js';
import { BUILDKITD } from './own-files.js';
import { drop, NOTHING, put, type Contribution } from './contribution.js';
import { textAt, type Snapshot } from '../../plan/snapshot.js';

const FOLDER = '/etc/buildkit';
const KEYS = ['ca', 'keypair', 'insecure', 'http'];

/**
 * A buildkitd of its own (dockerd's built-in one reads docker's certs.d): `[registry."host:port"]` in buildkitd.toml
 * (moby/buildkit docs/buildkitd.toml.md), read at its start only. A restart ends running builds: it is left to the
 * operator.
 */
export const buildkit: Consumer = {
  name: 'buildkit',
  signs: [BUILDKITD, '/usr/bin/buildkitd', '/usr/local/bin/buildkitd'],

  shared: [BUILDKITD],

  reads: (subject, snapshot) => [BUILDKITD, ...readFolder(snapshot, folderOf(subject))],

  follow,

  add(request, snapshot) {
    const { material } = request;
    const text = textAt(snapshot, BUILDKITD) ?? '';
    const wanted = Object.entries(settingsOf(request));
    const next = wanted.reduce(
      (file, [key, value]) =>
        setToml({ path: BUILDKITD, text: file }, [...tableOf(request), key], { value }),
      unset(
        text,
        request,
        KEYS.filter((key) => !wanted.some(([name]) => name === key) && !staysOpen(key, material)),
      ),
    );
    const certificates = material.insecure
      ? []
      : putCertificates(snapshot, folderOf(request), material);
    const changes = [...certificates, ...write(snapshot, next)];
    return { ...NOTHING, ...follow(changes), changes };
  },

  remove(subject, snapshot) {
    const text = textAt(snapshot, BUILDKITD) ?? '';
    const changes = [
      ...dropCertificates(snapshot, folderOf(subject)),
      ...write(snapshot, unset(text, subject, KEYS)),
    ];
    return {
      ...NOTHING,
      ...follow(changes),
      changes,
      prune: [folderOf(subject), join(FOLDER, 'certs.d'), FOLDER],
    };
  },
};

/** What switches verification off stays until somebody agrees that it goes. */
function staysOpen(key: string, { insecure, closes }: Material): boolean {
  return !insecure && closes !== true && (key === 'insecure' || key === 'http');
}

function settingsOf(request: TrustRequest): Record<string, TomlValue> {
  const { ca, client, insecure } = request.material;
  const folder = folderOf(request);
  if (insecure) return { insecure: true, http: true };
  return {
    ...(ca === null ? {} : { ca: [join(folder, CA_FILE)] }),
    ...(client === null
      ? {}
      : { keypair: [{ key: join(folder, KEY_FILE), cert: join(folder, CERT_FILE) }] }),
  };
}

function unset(text: string, subject: Subject, keys: readonly string[]): string {
  return keys.reduce(
    (file, key) => unsetToml({ path: BUILDKITD, text: file }, [...tableOf(subject), key]),
    text,
  );
}

function write(snapshot: Snapshot, text: string): FileChange[] {
  return text === ''
    ? drop(snapshot, BUILDKITD)
    : put(snapshot, BUILDKITD, { content: { text }, mode: 0o644 });
}

function follow(changes: readonly FileChange[]): Pick<Contribution, 'refresh' | 'notes'> {
  return {
    refresh: [],
    notes: changes.some(({ path }) => path === BUILDKITD)
      ? [
          'buildkitd reads its file at its start only: systemctl restart buildkit, once no build runs',
        ]
      : [],
  };
}

function tableOf({ registry }: Subject): readonly string[] {
  return ['registry', registry.name];
}

function folderOf({ registry }: Subject): string {
  return join(FOLDER, 'certs.d', registry.name);
}
