import { join } from 'node:path';
import { attempt, isDockerctlError } from '../../../errors.js';
import { readToml } from '../../formats/toml/toml-edit.js';
import type { FileChange } from '../../plan/plan.js';
import { dropCertificates, putCertificates, readFolder } from '../contributions/cert-folder.js';
import type { Consumer, RegistryOnMachine, TrustRequest } from '../contributions/consumer.js';
import { REGISTRIES_CONF, REGISTRIES_CONF_D } from '../contributions/own-files.js';
import { drop, NOTHING, put } from '../contributions/contribution.js';
import { namesIn, textAt, type Snapshot } from '../../plan/snapshot.js';
import { registryFileName } from '../../registry/address.js';

const CERTS = '/etc/containers/certs.d';

/**
 * podman, skopeo, buildah and CRI-O: certs.d like docker's (containers-certs.d(5)), and a drop-in for a registry without
 * verified TLS (containers-registries.conf(5)). Read at every operation. Where /etc/containers/certs.d has no folder for
 * a registry they look into docker's.
 */
export const podman: Consumer = {
  name: 'podman',
  signs: [
    '/etc/containers',
    '/usr/bin/podman',
    '/usr/bin/skopeo',
    '/usr/bin/buildah',
    '/usr/bin/crio',
  ],

  shared: [],

  reads: (subject, snapshot) => [
    CERTS,
    ...readFolder(snapshot, folderOf(subject)),
    insecureDropIn(subject),
    ...openFiles(snapshot),
  ],

  add(request, snapshot) {
    const certificates = request.material.insecure
      ? []
      : putCertificates(snapshot, folderOf(request), request.material);
    return {
      ...NOTHING,
      changes: [
        ...certificates,
        ...markInsecure(request, snapshot),
        ...(request.material.closes === true ? closeRegistries(request, snapshot) : []),
      ],
    };
  },

  remove: (subject, snapshot) => ({
    ...NOTHING,
    changes: [
      ...dropCertificates(snapshot, folderOf(subject)),
      ...drop(snapshot, insecureDropIn(subject)),
    ],
    prune: [folderOf(subject), CERTS, REGISTRIES_CONF_D, '/etc/containers'],
  }),
};

/** Where somebody else may have said that it is insecure. */
function openFiles(snapshot: Snapshot): string[] {
  const dropIns = namesIn(snapshot, REGISTRIES_CONF_D).filter((name) => name.endsWith('.conf'));
  return [
    REGISTRIES_CONF,
    REGISTRIES_CONF_D,
    ...dropIns.map((name) => join(REGISTRIES_CONF_D, name)),
  ];
}

/** `insecure = true` out of the tables of the registry; version 1 of the file, a list, stays and is said to stay. */
function closeRegistries(request: TrustRequest, snapshot: Snapshot): FileChange[] {
  const { name } = request.registry;
  return openFiles(snapshot)
    .filter((path) => path !== insecureDropIn(request))
    .flatMap((path) => {
      const text = textAt(snapshot, path);
      const next = text
        ?.split(/^(?=[ \t]*\[)/m)
        .map((table) => (isOf(table, name) ? secured(table) : table))
        .join('');
      if (text === null || next === undefined || next === text) return [];
      const file = attempt(() => readToml({ path, text: next }));
      return isDockerctlError(file)
        ? []
        : put(snapshot, path, { content: { text: next }, mode: 0o644 });
    });
}

function isOf(table: string, name: string): boolean {
  const value = (key: string) =>
    new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*["']([^"'\\n]*)["']`, 'm').exec(table)?.[1];
  return /^[ \t]*\[\[registry\]\]/.test(table) && (value('location') ?? value('prefix')) === name;
}

function secured(table: string): string {
  return table.replace(/^[ \t]*insecure[ \t]*=[ \t]*true[^\n]*(?:\n|$)/m, '');
}

function folderOf({ registry }: RegistryOnMachine): string {
  return join(CERTS, registry.name);
}

/** The drop-in of a registry without verified TLS. They are read in the order of their names; ours late. */
export function insecureDropIn({ registry }: RegistryOnMachine): string {
  return join(REGISTRIES_CONF_D, `90-dockerctl-${registryFileName(registry.name)}.conf`);
}

function markInsecure(request: TrustRequest, snapshot: Snapshot): FileChange[] {
  if (!request.material.insecure) return drop(snapshot, insecureDropIn(request));
  const text = `[[registry]]\nlocation = "${request.registry.name}"\ninsecure = true\n`;
  return put(snapshot, insecureDropIn(request), { content: { text }, mode: 0o644 });
}
