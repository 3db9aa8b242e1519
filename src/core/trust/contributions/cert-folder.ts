import { join } from 'node:path';
import type { FileChange } from '../../plan/plan.js';
import type { Material } from './consumer.js';
import { drop, put } from './contribution.js';
import { namesIn, type Snapshot } from '../../plan/snapshot.js';

/** The names that docker, podman and containerd agree on. */
export const CA_FILE = 'ca.crt';
export const CERT_FILE = 'client.cert';
export const KEY_FILE = 'client.key';

/** ca.crt, client.cert and client.key (for root alone) in one folder. */
export function putCertificates(
  snapshot: Snapshot,
  folder: string,
  material: Material,
): FileChange[] {
  const { ca, client } = material;
  return [
    ...(ca === null
      ? []
      : put(snapshot, join(folder, CA_FILE), { content: { text: ca }, mode: 0o644 })),
    ...(client === null
      ? []
      : [
          ...put(snapshot, join(folder, CERT_FILE), {
            content: { text: client.cert },
            mode: 0o644,
          }),
          ...put(snapshot, join(folder, KEY_FILE), { content: client.key, mode: 0o600 }),
        ]),
  ];
}

/** Everything in the folder that its readers take for a certificate or key. */
export function dropCertificates(snapshot: Snapshot, folder: string): FileChange[] {
  return namesIn(snapshot, folder)
    .filter((name) => /\.(?:crt|cert|key)$/.test(name))
    .flatMap((name) => drop(snapshot, join(folder, name)));
}

/** The folder and all that is in it. */
export function readFolder(snapshot: Snapshot, folder: string): string[] {
  return [folder, ...namesIn(snapshot, folder).map((name) => join(folder, name))];
}
