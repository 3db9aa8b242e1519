import { basename, dirname, join } from 'node:path';
import { insecureEntry } from '../../dockerd/options/insecure.js';
import { stringsOf } from '../../dockerd/options/meaning.js';
import type { Finding } from '../../plan/finding.js';
import { certificatesForGo, isExpired, nameOf } from '../../trust/material/certificates.js';
import { lintCertsDir } from '../../trust/diagnosis/lint-certs-dir.js';
import { lintFolder } from '../../trust/diagnosis/lint.js';
import { bytesAt, fileAt, namesIn, type Snapshot } from '../../plan/snapshot.js';
import { found } from '../codes.js';
import { fixCertificate } from './certs-fix.js';
import type { DoctorFacts, Family } from '../facts.js';
import { folderFindings } from './certs-names.js';
import { moveAside, moveCommand, shellWord } from '../../text/shell-word.js';
import { utcDay } from '../../text/utc-time.js';

export const certsFamily: Family = {
  name: 'certs.d',
  unseen: ({ unreadable, observed }) => unreadable.includes(observed.certsDir),
  ok: "both of dockerd's readers can use every folder",
  find: (facts) => [
    ...lintCertsDir(facts.snapshot, facts.observed.certsDir, 'certs.d'),
    ...folders(facts),
    ...misspelt(facts),
    ...hidden(facts),
  ],
};

const CERTIFICATE = /\.(?:crt|cert|pem|cer|der|key)$/i;

function folders(facts: DoctorFacts): Finding[] {
  const { observed, snapshot, secrets, now } = facts;
  const { certsDir } = observed;
  return namesIn(snapshot, certsDir).flatMap((registry) => {
    const folder = join(certsDir, registry);
    if (fileAt(snapshot, folder) !== null && CERTIFICATE.test(registry))
      return [loose(certsDir, folder)];
    const named = folderFindings(facts, registry);
    const inside = [
      ...broken(snapshot, folder),
      ...nested(snapshot, folder),
      ...lintFolder(snapshot, { registry, folder, secrets, now }).filter(
        ({ path = '' }) => snapshot.get(path) !== null,
      ),
      ...clientExpired(snapshot, { folder, now }),
    ].map((finding) => fixCertificate(snapshot, finding));
    return [...named, ...inside.map((one) => ({ ...one, subject: registry }))];
  });
}

/** `/etc/docker/cert.d` and the like: nobody looks there. */
function misspelt({ observed: { certsDir }, snapshot }: DoctorFacts): Finding[] {
  const above = dirname(certsDir);
  return namesIn(snapshot, above)
    .filter(
      (name) => name !== basename(certsDir) && /^certs?(?:\.d|\.ds|d|ificates?)?$/i.test(name),
    )
    .filter((name) => namesIn(snapshot, join(above, name)).length > 0)
    .map((name) =>
      found('certs-folder-misspelt', {
        subject: name,
        path: join(above, name),
        message: `no reader looks here: the folder is ${certsDir}.`,
        hint: moveInto(join(above, name), certsDir),
      }),
    );
}

/** What is in one folder goes into another; nothing there is written over. */
function moveInto(from: string, to: string): string {
  return `cp -rn ${shellWord(from)}/. ${shellWord(to)}/ && rm -r ${shellWord(from)}`;
}

/** A folder in a registry's folder, with certificates in it: no reader goes that deep. */
function nested(snapshot: Snapshot, folder: string): Finding[] {
  return namesIn(snapshot, folder)
    .map((name) => join(folder, name))
    .filter((path) => namesIn(snapshot, path).some((name) => CERTIFICATE.test(name)))
    .map((path) =>
      found('certs-folder-nested', {
        subject: basename(folder),
        path,
        message: `certificates lie in a folder of the registry's folder, and no reader goes that deep: they belong into ${folder}.`,
        hint: moveInto(path, folder),
      }),
    );
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
function broken(snapshot: Snapshot, folder: string): Finding[] {
  return namesIn(snapshot, folder)
    .map((name) => join(folder, name))
    .filter((path) => snapshot.get(path) === null && CERTIFICATE.test(path))
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
  snapshot: Snapshot,
  { folder, now }: { readonly folder: string; readonly now: number },
): Finding[] {
  return namesIn(snapshot, folder)
    .filter((name) => name.endsWith('.cert'))
    .flatMap((name) => {
      const path = join(folder, name);
      const [leaf] = certificatesForGo(bytesAt(snapshot, path));
      const key = path.replace(/cert$/, 'key');
      if (leaf === undefined || !isExpired(leaf, now) || fileAt(snapshot, key) === null) return [];
      return [
        found('certs-client-expired', {
          subject: basename(folder),
          path,
          message: `the client certificate ${nameOf(leaf.subject)} expired on ${utcDay(leaf.validTo)}: the registry refuses it.`,
          hint: moveAside(path, key),
        }),
      ];
    });
}

/** The legacy reader loads certs.d only for registries that are secure (moby registry.go, newTLSConfig). */
function hidden({ observed: { certsDir }, snapshot, config }: DoctorFacts): Finding[] {
  const insecure = stringsOf(config?.['insecure-registries']).map(
    (entry) => insecureEntry(entry).value,
  );
  return namesIn(snapshot, certsDir)
    .filter(
      (registry) =>
        insecure.includes(registry) && namesIn(snapshot, join(certsDir, registry)).length > 0,
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
