import { dirname, join } from 'node:path';
import { DockerctlError } from '../../errors.js';
import { dayOf, nameOf } from './certificates.js';
import { lintFolder, parseCertificates } from './lint.js';
import type { Consumer, TrustRequest } from './consumer.js';
import { after, drop, NOTHING, put } from './share.js';
import { bytesAt, namesIn, type Tree } from './tree.js';

/**
 * certs.d as both of dockerd's readers take it: `<host:port>/ca.crt`, `client.cert` with `client.key`
 * (moby registry/registry.go ReadCertsDirectory; containerd remotes/docker/config/hosts.go loadCertFiles).
 * Read at every operation: nothing has to be told.
 */
export const docker: Consumer = {
  name: 'docker',

  reads({ registry, machine }, tree) {
    const folder = join(machine.certsDir, registry.name);
    return [machine.certsDir, folder, ...namesIn(tree, folder).map((name) => join(folder, name))];
  },

  isPresent: () => true,

  add(request, tree) {
    const { machine, registry } = request;
    const folder = join(machine.certsDir, registry.name);
    const ca = addAuthorities(request, tree);
    const changes = [...ca.changes, ...addClient(request, tree)];
    refuseBroken(registry.name, { folder, tree: after(tree, changes) });
    return { ...NOTHING, changes, notes: ca.notes };
  },

  remove({ registry, machine }, tree) {
    const folder = join(machine.certsDir, registry.name);
    const names = namesIn(tree, folder);
    const ours = names.filter((name) => /\.(?:crt|cert|key)$/.test(name));
    const kept = names.filter((name) => !ours.includes(name));
    return {
      ...NOTHING,
      changes: ours.flatMap((name) => drop(tree, join(folder, name))),
      prune: [folder, machine.certsDir, dirname(machine.certsDir)],
      notes: kept.map((name) => `${join(folder, name)} is no certificate and stays`),
    };
  },
};

function addAuthorities({ registry, material, machine }: TrustRequest, tree: Tree) {
  if (material.ca === null) return { changes: [], notes: [] };
  const folder = join(machine.certsDir, registry.name);
  const path = join(folder, 'ca.crt');
  const wanted = parseCertificates(Buffer.from(material.ca)).map((one) => one.fingerprint256);
  const others = namesIn(tree, folder).filter((name) => name.endsWith('.crt'));
  const trusted = others.flatMap((name) => parseCertificates(bytesAt(tree, join(folder, name))));
  if (wanted.every((one) => trusted.some(({ fingerprint256 }) => fingerprint256 === one))) {
    return { changes: [], notes: [] };
  }
  const replaced = parseCertificates(bytesAt(tree, path)).filter(
    ({ fingerprint256 }) => !wanted.includes(fingerprint256),
  );
  return {
    changes: put(tree, path, { content: { text: material.ca }, mode: 0o644 }),
    notes: replaced.map(
      (one) => `${path} no longer holds ${nameOf(one.subject)}, valid until ${dayOf(one.validTo)}`,
    ),
  };
}

function addClient({ registry, material, machine }: TrustRequest, tree: Tree) {
  if (material.client === null) return [];
  const folder = join(machine.certsDir, registry.name);
  return [
    ...put(tree, join(folder, 'client.cert'), {
      content: { text: material.client.cert },
      mode: 0o644,
    }),
    ...put(tree, join(folder, 'client.key'), { content: material.client.key, mode: 0o600 }),
  ];
}

/** One bad entry makes every operation with the registry fail: adding a good one beside it would help nobody. */
function refuseBroken(registry: string, { folder, tree }: { folder: string; tree: Tree }): void {
  const findings = lintFolder(tree, { registry, folder });
  const [first] = findings.filter(({ severity }) => severity === 'error');
  if (first === undefined) return;
  throw new DockerctlError({
    code: 'invalid-config',
    message: `${registry} would not work whatever is added, because of ${first.path ?? folder}: ${first.message}`,
    hint: first.hint,
    details: { findings },
  });
}
