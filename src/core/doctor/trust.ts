import { join } from 'node:path';
import { insecureEntry } from '../daemon/insecure.js';
import { stringsOf } from '../daemon/meaning.js';
import type { Finding } from '../finding.js';
import { listAnchors } from '../trust/anchors.js';
import { lintFolder } from '../trust/lint.js';
import { namesIn } from '../trust/tree.js';
import type { DoctorFacts, Family } from './facts.js';

export const certsFamily: Family = {
  name: 'certs.d',
  ok: "both of dockerd's readers can use every folder",
  find: (facts) => [...folders(facts), ...hidden(facts)],
};

export const storeFamily: Family = {
  name: 'system store',
  ok: 'every certificate put there is compiled in and valid',
  find: ({ tree, now }) =>
    listAnchors(tree).flatMap(({ path, subject, until, compiled }) => [
      ...(compiled ? [] : [notCompiled(path, subject)]),
      ...(Date.parse(until) < now ? [expired(path, subject, until)] : []),
    ]),
};

function folders({ observed: { certsDir }, tree, secrets, now }: DoctorFacts): Finding[] {
  return namesIn(tree, certsDir).flatMap((registry) =>
    lintFolder(tree, { registry, folder: join(certsDir, registry), secrets, now }),
  );
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
    .map((registry) => ({
      code: 'insecure-hides-certificates',
      severity: 'warning' as const,
      subject: registry,
      path: join(certsDir, registry),
      message:
        'It is in insecure-registries, so dockerd verifies nothing and does not show the client certificate that lies here.',
      hint: `dockerctl insecure remove ${registry}`,
    }));
}

function notCompiled(path: string, subject: string): Finding {
  return {
    code: 'anchor-not-compiled',
    severity: 'warning',
    subject,
    path,
    message:
      'The certificate lies in the folder of trust anchors, but the bundle that programs read does not hold it.',
    hint: 'update-ca-certificates && dockerctl daemon restart',
  };
}

function expired(path: string, subject: string, until: string): Finding {
  return {
    code: 'anchor-expired',
    severity: 'warning',
    subject,
    path,
    message: `The trust anchor ended on ${until}: nothing it signed is trusted any more.`,
    hint: `rm ${path} && update-ca-certificates`,
  };
}
