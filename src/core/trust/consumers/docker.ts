import { DOCKER_HUB } from '../../dockerd/options/docker-hub.js';
import { dirname, join } from 'node:path';
import { DockerctlError } from '../../../errors.js';
import type { FileChange } from '../../plan/plan.js';
import {
  CA_FILE,
  dropCertificates,
  putCertificates,
  readFolder,
} from '../contributions/cert-folder.js';
import { certificatesForGo, nameOf, parseCertificates } from '../material/certificates.js';
import type { Consumer, RegistryOnMachine, TrustRequest } from '../contributions/consumer.js';
import { insecureBeforePath } from '../contributions/insecure-before.js';
import { lintFolder } from '../diagnosis/lint.js';
import { addToHosts, OURS, removeHosts } from '../contributions/hosts-edit.js';
import { after, drop, NOTHING, put } from '../contributions/contribution.js';
import { bytesAt, namesIn, textAt, type Snapshot } from '../../plan/snapshot.js';
import { utcDay } from '../../text/utc-time.js';

/**
 * certs.d as both of dockerd's readers take it: `<host:port>/ca.crt`, `client.cert` with `client.key`
 * (moby registry/registry.go ReadCertsDirectory; containerd core/remotes/docker/config/hosts.go loadCertFiles).
 * Read at every operation: nothing has to be told. An insecure registry has nothing here, but stands in daemon.json.
 */
export const docker: Consumer = {
  name: 'docker',
  signs: ['/'],
  shared: [],

  reads: (subject, snapshot) => [
    subject.machine.certsDir,
    ...readFolder(snapshot, folderOf(subject)),
    hubFile(subject),
    insecureBeforePath(subject),
  ],

  add(request, snapshot) {
    const folder = folderOf(request);
    if (request.material.insecure) return NOTHING;
    refuseBroken(request, { folder, snapshot });
    const ca = trustedAlready(request, snapshot) ? null : request.material.ca;
    const changes = putCertificates(snapshot, folder, { ...request.material, ca });
    refuseBroken(request, { folder, snapshot: after(snapshot, changes) });
    const seen = after(snapshot, changes);
    return {
      ...NOTHING,
      changes: [
        ...changes,
        ...addToHosts(request, { snapshot: seen, folder }),
        ...addMirror(request, snapshot),
      ],
      notes: ca === null ? [] : replaced(snapshot, join(folder, CA_FILE), ca),
    };
  },

  remove(subject, snapshot) {
    const folder = folderOf(subject);
    const { certsDir } = subject.machine;
    const changes = [...dropCertificates(snapshot, folder), ...takenFromHosts(snapshot, folder)];
    const kept = namesIn(snapshot, folder).filter(
      (name) => !changes.some(({ path }) => path === join(folder, name)),
    );
    return {
      ...NOTHING,
      changes: [...changes, ...drop(snapshot, hubFile(subject))],
      prune: [folder, dirname(hubFile(subject)), certsDir, dirname(certsDir)],
      notes: kept.map((name) => `${join(folder, name)} is no certificate and stays`),
    };
  },
};

/** Only where a line of ours is in it. */
function takenFromHosts(snapshot: Snapshot, folder: string): FileChange[] {
  const text = textAt(snapshot, join(folder, 'hosts.toml')) ?? '';
  return text.includes(`# ${OURS}`) ? removeHosts(snapshot, folder) : [];
}

function folderOf({ registry, machine }: RegistryOnMachine): string {
  return join(machine.certsDir, registry.name);
}

/** Since 28.0 a mirror's CA is looked for under docker.io, with containerd and in builds (moby daemon/containerd hosts). */
function hubFile({ registry, machine }: RegistryOnMachine): string {
  return join(machine.certsDir, DOCKER_HUB, `${registry.name}.crt`);
}

function addMirror(request: TrustRequest, snapshot: Snapshot): FileChange[] {
  const { registry, machine, material } = request;
  if (material.ca === null || !machine.mirrors.includes(registry.name)) return [];
  return put(snapshot, hubFile(request), { content: { text: material.ca }, mode: 0o644 });
}

/** By any *.crt of the folder: dockerd takes them all, whatever they are called. */
function trustedAlready(request: TrustRequest, snapshot: Snapshot): boolean {
  const folder = folderOf(request);
  const ca = request.material.ca ?? '';
  const paths = namesIn(snapshot, folder)
    .filter((name) => name.endsWith('.crt'))
    .map((name) => join(folder, name));
  const there = paths
    .flatMap((path) => certificatesForGo(bytesAt(snapshot, path)))
    .map(({ fingerprint256 }) => fingerprint256);
  const same = paths.find((path) => textAt(snapshot, path) === ca);
  const wanted = parseCertificates(same === undefined ? Buffer.from(ca) : bytesAt(snapshot, same));
  return wanted.every(({ fingerprint256 }) => there.includes(fingerprint256));
}

function replaced(snapshot: Snapshot, path: string, ca: string): string[] {
  const wanted = parseCertificates(Buffer.from(ca)).map(({ fingerprint256 }) => fingerprint256);
  return parseCertificates(bytesAt(snapshot, path))
    .filter(({ fingerprint256 }) => !wanted.includes(fingerprint256))
    .map(
      (one) => `${path} no longer holds ${nameOf(one.subject)}, valid until ${utcDay(one.validTo)}`,
    );
}

/** One bad entry makes every operation with the registry fail: adding a good one beside it would help nobody. */
function refuseBroken(
  { registry }: RegistryOnMachine,
  { folder, snapshot }: { folder: string; snapshot: Snapshot },
): void {
  const findings = lintFolder(snapshot, { registry: registry.name, folder });
  const ours = [CA_FILE, 'client.cert', 'client.key'].map((name) => join(folder, name));
  const first = findings.find(
    ({ severity, path = '' }) => severity === 'error' && !ours.includes(path),
  );
  if (first === undefined) return;
  throw new DockerctlError({
    code: 'invalid-config',
    message: `${registry.name} would not work whatever is added, because of ${first.path ?? folder}: ${first.message}`,
    hint: first.hint,
    details: { findings },
  });
}
