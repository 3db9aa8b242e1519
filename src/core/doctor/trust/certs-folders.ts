import { basename, dirname, join } from 'node:path';
import { insecureEntry } from '../../dockerd/options/insecure.js';
import { stringsOf } from '../../dockerd/options/meaning.js';
import type { Finding } from '../../plan/finding.js';
import { certificatesForGo, isExpired, nameOf, dayOf } from '../../trust/material/certificates.js';
import { lintCertsDir } from '../../trust/diagnosis/lint-certs-dir.js';
import { lintFolder } from '../../trust/diagnosis/lint.js';
import { bytesAt, fileAt, namesIn, type Tree } from '../../plan/snapshot.js';
import { found } from '../codes.js';
import { mendCertificate } from './certs-mend.js';
import type { DoctorFacts, Family } from '../facts.js';
import { folderFindings } from './certs-names.js';
import { moveAside, moveCommand, shellWord } from '../../text/shell-word.js';

export const certsFamily: Family = {
  name: 'certs.d',
  unseen: ({ unreadable, observed }) => unreadable.includes(observed.certsDir),
  ok: "both of dockerd's readers can use every folder",
  find: (facts) => [
    ...lintCertsDir(facts.tree, facts.observed.certsDir, 'certs.d'),
    ...folders(facts),
    ...hidden(facts),
  ],
};

const CERTIFICATE = /\.(?:crt|cert|pem|cer|der|key)$/i;

function folders(facts: DoctorFacts): Finding[] {
  const { observed, tree, secrets, now } = facts;
  const { certsDir } = observed;
  return namesIn(tree, certsDir).flatMap((registry) => {
    const folder = join(certsDir, registry);
    if (fileAt(tree, folder) !== null && CERTIFICATE.test(registry))
      return [loose(certsDir, folder)];
    const named = folderFindings(facts, registry);
    const inside = [
      ...broken(tree, folder),
      ...lintFolder(tree, { registry, folder, secrets, now }).filter(
        ({ path = '' }) => tree.get(path) !== null,
      ),
      ...clientExpired(tree, { folder, now }),
    ].map((finding) => mendCertificate(tree, finding));
    return [...named, ...inside.map((one) => ({ ...one, subject: registry }))];
  });
}

function loose(certsDir: string, path: string): Finding {
  return found('certs-file-loose', {
    subject: basename(path),
    path,
    message: 'no reader looks at files here: each registry has a folder of its own, host:port.',
    hint: moveCommand(path, `${dirname(certsDir)}/`),
  });
}

/** A name that is listed and leads to nothing is a link without a target: Go's reader fails on it, and the pull with it. */
function broken(tree: Tree, folder: string): Finding[] {
  return namesIn(tree, folder)
    .map((name) => join(folder, name))
    .filter((path) => tree.get(path) === null && CERTIFICATE.test(path))
    .map((path) =>
      found('certs-link-broken', {
        subject: basename(folder),
        path,
        message: 'it is a link to a file that is not there: every pull from the registry fails.',
        hint: `rm ${shellWord(path)}`,
      }),
    );
}

function clientExpired(
  tree: Tree,
  { folder, now }: { readonly folder: string; readonly now: number },
): Finding[] {
  return namesIn(tree, folder)
    .filter((name) => name.endsWith('.cert'))
    .flatMap((name) => {
      const path = join(folder, name);
      const [leaf] = certificatesForGo(bytesAt(tree, path));
      const key = path.replace(/cert$/, 'key');
      if (leaf === undefined || !isExpired(leaf, now) || fileAt(tree, key) === null) return [];
      return [
        found('certs-client-expired', {
          subject: basename(folder),
          path,
          message: `the client certificate ${nameOf(leaf.subject)} expired on ${dayOf(leaf.validTo)}: the registry refuses it.`,
          hint: moveAside(path, key),
        }),
      ];
    });
}

/** The legacy reader loads certs.d only for registries that are secure (moby registry.go, newTLSConfig). */
function hidden({ observed: { certsDir }, tree, config }: DoctorFacts): Finding[] {
  const insecure = stringsOf(config?.['insecure-registries']).map(
    (entry) => insecureEntry(entry).value,
  );
  return namesIn(tree, certsDir)
    .filter(
      (registry) =>
        insecure.includes(registry) && namesIn(tree, join(certsDir, registry)).length > 0,
    )
    .map((registry) =>
      found('insecure-hides-certificates', {
        subject: registry,
        path: join(certsDir, registry),
        message:
          'it is in insecure-registries, so dockerd verifies nothing and does not show the client certificate that lies here.',
        hint: `dockerctl insecure remove ${shellWord(registry)}`,
      }),
    );
}
