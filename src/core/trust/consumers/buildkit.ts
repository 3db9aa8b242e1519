import { join } from 'node:path';
import type { TomlValue } from 'smol-toml';
import { printable } from '../../text/printable.js';
import { shellWord } from '../../text/shell-word.js';
import type { FileChange } from '../../plan/plan.js';
import { setToml, unsetToml } from '../../formats/toml/toml-edit.js';
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
import { BUILDKITD } from '../contributions/own-files.js';
import { drop, NOTHING, put, type Contribution } from '../contributions/contribution.js';
import { namesIn, textAt, type Snapshot } from '../../plan/snapshot.js';

const FOLDER = '/etc/buildkit';
/** Builders of root's docker buildx, a file each (docker/buildx store/nodegroup.go). */
const BUILDERS = '/root/.docker/buildx/instances';
const KEYS = ['ca', 'keypair', 'insecure', 'http'];

/**
 * A buildkitd of its own (dockerd's built-in one reads docker's certs.d): `[registry."host:port"]` in buildkitd.toml
 * (moby/buildkit docs/buildkitd.toml.md), read at its start only. A restart ends running builds: it is left to the
 * operator.
 */
export const buildkit: Consumer = {
  name: 'buildkit',
  signs: [BUILDKITD, '/usr/bin/buildkitd', '/usr/local/bin/buildkitd', BUILDERS],

  shared: [BUILDKITD],

  reads: (subject, snapshot) => [
    BUILDKITD,
    ...readFolder(snapshot, BUILDERS),
    ...readFolder(snapshot, folderOf(subject)),
  ],

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
    const { refresh, notes } = follow(changes);
    const builders = changes.length === 0 ? [] : recreated(snapshot);
    return { ...NOTHING, refresh, notes: [...notes, ...builders], changes };
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

function unset(text: string, subject: RegistryOnMachine, keys: readonly string[]): string {
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

/** One of the driver docker-container has the configuration, and the certificates, that it was made with. */
function recreated(snapshot: Snapshot): string[] {
  return namesIn(snapshot, BUILDERS).flatMap((file) => {
    const { Name, Driver } = objectIn(textAt(snapshot, join(BUILDERS, file)));
    if (Driver !== 'docker-container' || typeof Name !== 'string') return [];
    const name = shellWord(Name);
    return [
      `the buildx builder ${printable(Name)} has the buildkitd.toml that it was made with; to give it this one, once no build runs: \`docker buildx rm ${name}\`, then \`docker buildx create --name ${name} --driver docker-container --buildkitd-config ${BUILDKITD}\``,
    ];
  });
}

function objectIn(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function tableOf({ registry }: RegistryOnMachine): readonly string[] {
  return ['registry', registry.name];
}

function folderOf({ registry }: RegistryOnMachine): string {
  return join(FOLDER, 'certs.d', registry.name);
}
