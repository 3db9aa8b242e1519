import { join } from 'node:path';
import type { FileChange } from '../../plan/plan.js';
import { dropCertificates, putCertificates, readFolder } from './cert-folder.js';
import type { Consumer, Subject, TrustRequest } from './consumer.js';
import { REGISTRIES_CONF_D } from './own-files.js';
import { drop, NOTHING, put } from './contribution.js';
import type { Snapshot } from '../../plan/snapshot.js';

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
    dropIn(subject),
  ],

  add(request, snapshot) {
    const certificates = request.material.insecure
      ? []
      : putCertificates(snapshot, folderOf(request), request.material);
    return { ...NOTHING, changes: [...certificates, ...markInsecure(request, snapshot)] };
  },

  remove: (subject, snapshot) => ({
    ...NOTHING,
    changes: [...dropCertificates(snapshot, folderOf(subject)), ...drop(snapshot, dropIn(subject))],
    prune: [folderOf(subject), CERTS, REGISTRIES_CONF_D, '/etc/containers'],
  }),
};

function folderOf({ registry }: Subject): string {
  return join(CERTS, registry.name);
}

/** Read in the order of their names; ours late. */
function dropIn({ registry }: Subject): string {
  return join(REGISTRIES_CONF_D, `90-dockerctl-${registry.name.replace(/[[\]:]/g, '_')}.conf`);
}

function markInsecure(request: TrustRequest, snapshot: Snapshot): FileChange[] {
  if (!request.material.insecure) return drop(snapshot, dropIn(request));
  const text = `[[registry]]\nlocation = "${request.registry.name}"\ninsecure = true\n`;
  return put(snapshot, dropIn(request), { content: { text }, mode: 0o644 });
}
