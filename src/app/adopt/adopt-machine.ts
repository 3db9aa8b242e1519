import { basename, dirname, join } from 'node:path';
import { adopt, type Adopted, type Found } from '../../core/declaration/adopt.js';
import { declarationPaths, examplePath } from '../../core/declaration/declaration-paths.js';
import { importableKeys } from '../../core/dockerd/config/import-flags.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { configOf } from '../../core/dockerd/config/edit.js';
import { derivedFile } from '../../core/plan/derived-file.js';
import { createPlan, type FileImage, type Plan } from '../../core/plan/plan.js';
import { pemBlocks } from '../../core/pki/keys/pem.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readImage } from '../../system/files/image.js';
import { applyChange } from '../change/apply-change.js';
import { readDaemonJson } from '../change/daemon-json.js';
import { readAskedServers } from '../../system/trust/asked-servers.js';
import type { Outcome } from '../../core/plan/outcome.js';
import type { Context } from '../context/command.js';

/**
 * Writes a declaration of what is there today: daemon.json and the registries of certs.d.
 * @throws exists where there is one, unless `force`
 */
export async function adoptMachine(
  context: Context,
  { force }: { readonly force: boolean },
): Promise<Outcome> {
  const { host } = context;
  const { file, folder } = declarationPaths(host.self);
  if (!force && readImage(host, file) !== null) throw exists(file);
  const { document, observed } = await readDaemonJson(context);
  const { configPath, certsDir } = observed;
  const registries = registriesIn(host, certsDir);
  const adopted = adopt(
    { configPath, config: configOf(document), registries },
    { folder, example: examplePath(host.self.command.at(-1) ?? '') },
  );
  const flags = importableKeys(observed.startWords, engineOf(observed.version));
  const notes = [...adopted.notes, ...(flags.length === 0 ? [] : [byFlags(flags)])];
  return applyChange(context, planOf(host, { ...adopted, notes }, observed.configFile));
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

function registriesIn(host: Host, certsDir: string): Found['registries'] {
  return foldersIn(host, certsDir).map((folder) => {
    const names = host.fs.list(folder);
    const beside = names.filter((name) => name.endsWith('.crt')).map((name) => join(folder, name));
    const cas = [
      ...new Set([...beside, ...namedByHosts(host, certsDir, basename(folder))]),
    ].flatMap((path) => {
      const image = readImage(host, path);
      return image !== null && 'text' in image.content ? certificatesIn(image.content.text) : [];
    });
    return {
      name: basename(folder),
      ca: cas.length === 0 ? null : [...new Set(cas)].join(''),
      client: names.some((name) => name.endsWith('.cert')),
    };
  });
}

/** The CA of the registry itself, where a hosts.toml names it. */
function namedByHosts(host: Host, certsDir: string, registry: string): readonly string[] {
  const { servers = [] } = readAskedServers(host, certsDir, registry) ?? {};
  return servers.filter(({ address }) => address.name === registry).flatMap(({ ca }) => ca);
}

/** Somebody may have put a private key beside them. */
const certificatesIn = (text: string): string[] =>
  pemBlocks(text).flatMap((block) => (block.label === 'CERTIFICATE' ? [`${block.text}\n`] : []));

function foldersIn({ fs }: Host, folder: string): string[] {
  if (fs.stat(folder, { follow: true })?.kind !== 'folder') return [];
  return fs
    .list(folder)
    .map((name) => join(folder, name))
    .filter((path) => fs.stat(path, { follow: true })?.kind === 'folder');
}

function exists(path: string): DockerctlError {
  return new DockerctlError({
    code: 'exists',
    message: `${path} is there already, in ${dirname(path)}.`,
    hint: 'see what differs with `dockerctl drift`, or write over it: dockerctl adopt --force',
  });
}
