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
import type { Consumer, Subject, TrustRequest } from './consumer.js';
import { BUILDKITD } from './own-files.js';
import { drop, NOTHING, put, type Share } from './contribution.js';
import { textAt, type Tree } from '../../plan/snapshot.js';

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

  reads: (subject, tree) => [BUILDKITD, ...readFolder(tree, folderOf(subject))],

  add(request, tree) {
    const { material } = request;
    const text = textAt(tree, BUILDKITD) ?? '';
    const wanted = Object.entries(settingsOf(request));
    const next = wanted.reduce(
      (file, [key, value]) =>
        setToml({ path: BUILDKITD, text: file }, [...tableOf(request), key], { value }),
      unset(
        text,
        request,
        KEYS.filter((key) => !wanted.some(([name]) => name === key)),
      ),
    );
    const certificates = material.insecure
      ? []
      : putCertificates(tree, folderOf(request), material);
    return share([...certificates, ...write(tree, next)]);
  },

  remove(subject, tree) {
    const text = textAt(tree, BUILDKITD) ?? '';
    const changes = [
      ...dropCertificates(tree, folderOf(subject)),
      ...write(tree, unset(text, subject, KEYS)),
    ];
    return { ...share(changes), prune: [folderOf(subject), join(FOLDER, 'certs.d'), FOLDER] };
  },
};

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

function write(tree: Tree, text: string): FileChange[] {
  return text === ''
    ? drop(tree, BUILDKITD)
    : put(tree, BUILDKITD, { content: { text }, mode: 0o644 });
}

function share(changes: readonly FileChange[]): Share {
  const pending = changes.some(({ path }) => path === BUILDKITD);
  return {
    ...NOTHING,
    changes,
    notes: pending
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
