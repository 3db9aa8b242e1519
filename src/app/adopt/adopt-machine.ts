import { dirname } from 'node:path';
import { adopt, type Adopted, type AdoptedCertificate } from '../../core/declaration/adopt.js';
import { adoptableTrust } from '../../core/declaration/adoptable.js';
import { declarationPaths, examplePath } from '../../core/declaration/declaration-paths.js';
import { importableKeys } from '../../core/dockerd/config/import-flags.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { configOf } from '../../core/dockerd/config/edit.js';
import { derivedFile } from '../../core/plan/derived-file.js';
import { createPlan, type FileImage, type Plan } from '../../core/plan/plan.js';
import { attempt, DockerctlError, isDockerctlError } from '../../errors.js';
import { authorityFolder } from '../../system/authority/authority.js';
import { readDeployTargets } from '../../system/authority/deploy/deploy-targets.js';
import { listCertificates } from '../certificates/list-certificates.js';
import type { Host } from '../../host/host.js';
import { readImage } from '../../system/files/image.js';
import { containerdAsDeclared } from './containerd-as-declared.js';
import { applyChange } from '../change/apply-change.js';
import { readDaemonJson } from '../change/daemon-json.js';
import { trustOnMachine } from '../trust/trust-on-machine.js';
import type { Outcome } from '../../core/plan/outcome.js';
import type { Context } from '../context/command.js';

/**
 * Writes a declaration of what is there today: daemon.json, the registries that are trusted, the certificates of our own CA.
 * @throws exists where there is one, unless `force`
 */
export async function adoptMachine(
  context: Context,
  { force }: { readonly force: boolean },
): Promise<Outcome> {
  const { host } = context;
  const { file, folder } = declarationPaths(host.self);
  if (!force && readImage(host, file) !== null) throw exists(file);
  const daemon = await readDaemonJson(context);
  const { document, observed } = daemon;
  const { configPath } = observed;
  const { trust } = await trustOnMachine(context, daemon);
  const { registries: found, cas } = adoptableTrust(trust);
  const { registries, notes: undeclared } = containerdAsDeclared(host, found);
  const adopted = adopt(
    {
      configPath,
      config: configOf(document),
      registries,
      cas,
      certificates: ownCertificates(host),
    },
    { folder, example: examplePath(host.self.command.at(-1) ?? '') },
  );
  const flags = importableKeys(observed.startWords, engineOf(observed.version));
  const notes = [...adopted.notes, ...undeclared, ...(flags.length === 0 ? [] : [byFlags(flags)])];
  return applyChange(context, planOf(host, { ...adopted, notes }, observed.configFile));
}

/** Those of the authority that the agent looks after; none where there is none. */
function ownCertificates(host: Host): AdoptedCertificate[] {
  const folder = authorityFolder(host, undefined);
  const listed = attempt(() => listCertificates(host, folder, { all: false }).certificates);
  if (isDockerctlError(listed) && listed.code === 'not-found') return [];
  if (isDockerctlError(listed)) throw listed;
  const targets = readDeployTargets(host, folder);
  return listed
    .filter(({ status }) => status === 'valid')
    .map(({ entry: { name, names, usages } }) => ({
      ...{ name, names, usages },
      // Renewals go on sending the root where it was asked for; a declaration has no word for it.
      targets: (targets.get(name) ?? []).filter(({ withRoot }) => withRoot !== true),
    }));
}

/** The declaration speaks of the file; what flags say is nobody's to keep. */
function byFlags(keys: readonly string[]): string {
  return `${keys.join(', ')}: given by flags of dockerd, which are not declared; to have them declared: dockerctl config import-flags, then dockerctl adopt --force`;
}

/** What stands in daemon.json nobody reads in the declaration who may not read it there. */
function planOf(host: Host, { files, notes }: Adopted, source: FileImage | null): Plan {
  const changes = files.flatMap(({ path, text }) =>
    derivedFile(path, text, { before: readImage(host, path), source }),
  );
  return createPlan('adopt', { changes, notes });
}

function exists(path: string): DockerctlError {
  return new DockerctlError({
    code: 'exists',
    message: `${path} is there already, in ${dirname(path)}.`,
    hint: 'see what differs with `dockerctl drift`, or write over it: `dockerctl adopt --force`',
  });
}
