import { dirname } from 'node:path';
import type { Bundle } from '../../../core/pki/authority/bundle.js';
import {
  pathInside,
  pathOutside,
  readContainers,
  type ServerContainer,
} from '../../../core/pki/authority/container-mounts.js';
import {
  registryEndpoint,
  registryPair,
  registryStorage,
  toRegistry,
  type Endpoint,
  type PairPaths,
} from '../../../core/pki/authority/deployment.js';
import { shellWord } from '../../../core/text/shell-word.js';
import type { YamlFile } from '../../../core/formats/yaml-edit.js';
import { DockerctlError } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import {
  NOBODY,
  readConfig,
  readSafeConfig,
  served,
  tryRun,
  type DeploymentPart,
  type TakeOver,
} from './deployment-part.js';

const REGISTRY_UNIT = 'docker-registry.service';

/** A registry that runs as a process reads the paths of its config.yml here; one in a container reads them inside. */
export async function deployRegistry(
  host: Host,
  bundle: Bundle,
  path: string,
): Promise<DeploymentPart> {
  const config = readSafeConfig(host, path);
  const container = await containerOf(host, path);
  const machine =
    container === null ? ofProcess(host, config) : ofContainer(host, config, container);
  return {
    ...toRegistry(bundle, config, machine),
    takeOver: () =>
      container === null ? byProcess(host, bundle, config) : byContainer(bundle, config, container),
  };
}

export async function registryServerEndpoint(host: Host, path: string): Promise<Endpoint | null> {
  const config = readConfig(host, path);
  const container = await containerOf(host, path);
  return container === null ? registryEndpoint(config) : containerEndpoint(config, container);
}

function ofProcess(host: Host, config: YamlFile) {
  const named = registryPair(config);
  const existing =
    named !== null && host.fs.stat(named.key, { follow: true }) !== null ? named : null;
  return { existing, owner: host.fs.stat(registryStorage(config), { follow: true }) };
}

/** The container that was started with this very file; one that runs before one that does not. */
async function containerOf(host: Host, path: string): Promise<ServerContainer | null> {
  if (host.self.root !== null) return null;
  const [first, ...more] = (await tryRun(host, ['docker', 'ps', '-aq', '--no-trunc']))
    .split('\n')
    .filter((id) => /^[0-9a-f]{12,64}$/u.test(id));
  if (first === undefined) return null;
  const inspect = ['docker', 'inspect', '--type', 'container', first, ...more] as const;
  const found = readContainers(await tryRun(host, inspect)).filter(({ mounts, args }) => {
    const inside = pathInside(mounts, path);
    return inside !== null && args.includes(inside);
  });
  return found.find(({ isRunning }) => isRunning) ?? found[0] ?? null;
}

function ofContainer(host: Host, config: YamlFile, container: ServerContainer) {
  const { mounts, uid } = container;
  const storage = pathOutside(mounts, registryStorage(config));
  const owner =
    uid === null
      ? storage === null
        ? null
        : host.fs.stat(storage, { follow: true })
      : { uid, gid: uid };
  const existing = existingPair(host, config, container);
  if (existing !== null) return { existing, owner };
  const folder = folderFor(host, config, container);
  return { existing, owner, folder, inside: (file: string) => pathInside(mounts, file) ?? file };
}

/** distribution/distribution configuration/parser.go: a variable stands before the file. */
const BY_VARIABLE = ['REGISTRY_HTTP_TLS_CERTIFICATE', 'REGISTRY_HTTP_TLS_KEY'] as const;

/** Where it reads its pair now, as paths of this machine; null where there is none that lies here. */
function existingPair(
  host: Host,
  config: YamlFile,
  { name, mounts, environment }: ServerContainer,
): PairPaths | null {
  const [certificate, key] = BY_VARIABLE.map((variable) => environment.get(variable));
  const byVariable = certificate !== undefined && key !== undefined;
  const named = byVariable ? { certificate, key } : registryPair(config);
  if (named === null) return null;
  const outside = {
    certificate: pathOutside(mounts, named.certificate),
    key: pathOutside(mounts, named.key),
  };
  const here =
    outside.certificate === null || outside.key === null
      ? null
      : { certificate: outside.certificate, key: outside.key };
  if (byVariable && here === null)
    throw new DockerctlError({
      code: 'invalid-value',
      message: `The container ${name} reads its pair from ${named.certificate} and ${named.key} (by its environment), and no folder of this machine is mounted there.`,
      hint: `run it again with a folder for them: -v DIR:${dirname(named.certificate)}`,
    });
  const isThere = here !== null && host.fs.stat(here.key, { follow: true }) !== null;
  return byVariable || isThere ? here : null;
}

/** Where a new pair is seen inside: beside config.yml, or in another folder that is mounted and holds no images. */
function folderFor(host: Host, config: YamlFile, { name, mounts }: ServerContainer): string {
  const beside = dirname(config.path);
  if (pathInside(mounts, beside) !== null) return beside;
  const storage = registryStorage(config);
  const other = mounts.find(
    ({ source, destination }) =>
      host.fs.stat(source, { follow: true })?.kind === 'folder' &&
      !`${storage}/`.startsWith(`${destination}/`),
  );
  if (other !== undefined) return other.source;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `Of ${beside} the container ${name} sees config.yml alone: it could not read a certificate that is put there.`,
    hint: `run it again with a folder for certificates, such as -v ${shellWord(`${beside}/tls`)}:/certs, and then: \`dockerctl certs deploy NAME --registry ${shellWord(config.path)}\``,
  });
}

function containerEndpoint(config: YamlFile, { ports, onHostNetwork }: ServerContainer) {
  const inside = registryEndpoint(config);
  if (inside === null || onHostNetwork) return inside;
  return ports.get(`${inside.port}/tcp`) ?? null;
}

function byContainer(
  bundle: Bundle,
  config: YamlFile,
  container: ServerContainer,
): Promise<TakeOver> {
  const { name, isRunning } = container;
  const reason = 'the registry reads its certificate when it starts';
  if (!isRunning)
    return Promise.resolve({
      ...NOBODY,
      notes: [`the container ${name} does not run: it reads the certificate when it starts`],
    });
  const endpoint = containerEndpoint(config, container);
  const unseen = `whether ${name} presents the new certificate was not seen: it publishes no port on this machine; look with: dockerctl certs inspect HOST:PORT`;
  return Promise.resolve({
    refresh: [{ argv: ['docker', 'restart', name], reason }],
    expect: served(bundle, endpoint),
    notes: endpoint === null ? [unseen] : [],
  });
}

async function byProcess(host: Host, bundle: Bundle, config: YamlFile): Promise<TakeOver> {
  const reason = 'the registry reads its certificate when it starts';
  return (await isServedByUnit(host, config.path))
    ? {
        refresh: [{ argv: ['systemctl', 'restart', REGISTRY_UNIT], reason }],
        expect: served(bundle, registryEndpoint(config)),
        notes: [],
      }
    : { ...NOBODY, notes: ['restart the registry: it reads its certificate when it starts'] };
}

/** Debian's service runs with this very file; another registry is its operator's to restart. */
async function isServedByUnit(host: Host, path: string): Promise<boolean> {
  if (host.self.root !== null) return false;
  const show = ['systemctl', 'show', '--property=ActiveState,ExecStart', REGISTRY_UNIT] as const;
  const words = (await tryRun(host, show)).split(/\s+/);
  return words.includes('ActiveState=active') && words.includes(path);
}
