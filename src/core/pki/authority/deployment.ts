import { basename, dirname, join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { DockerctlError } from '../../../errors.js';
import { readYaml, setYaml, type YamlFile } from '../../formats/yaml-edit.js';
import { bundleFiles, fullChain, type Bundle, type BundleFile } from './bundle.js';
import { formatName } from '../x509/names.js';

/**
 * A file as it shall be. `mode` and `owner` count for a new one; one that is there keeps its own. A key has `mode` in any
 * case, and where others could read the old one, `owner`. `owner` is the service's, which may own its folder too.
 */
export interface DeployedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isKey: boolean;
  readonly mode: number;
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

/** Where a server of this machine can be asked for its certificate. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface Deployment {
  readonly files: readonly DeployedFile[];
  readonly notes: readonly string[];
}

const KEY_MODE = 0o600;
const OPEN_MODE = 0o644;

/** `--out` and `--to`: every file under the name that servers and clients want. */
export function toFolder(bundle: Bundle, folder: string): Deployment {
  const all = bundleFiles(bundle);
  if (
    isRegistryTrust(folder) &&
    !all.every(({ isKey, file }) => !isKey || hasClientPair(all, file))
  )
    throw serverKeyForClients(bundle, folder);
  const files = all.map(({ file, text, isKey }) => wanted(join(folder, file), text, isKey));
  return { files, notes: [] };
}

/** …/certs.d/HOST, where dockerd looks for authorities and its own pairs as a client. */
const isRegistryTrust = (folder: string): boolean => /(?:^|\/)certs\.d\/[^/]+\/?$/u.test(folder);

const hasClientPair = (files: readonly BundleFile[], key: string): boolean =>
  files.some(({ file }) => file === key.replace(/\.key$/u, '.cert'));

const serverKeyForClients = ({ name }: Bundle, folder: string): DockerctlError =>
  new DockerctlError({
    code: 'invalid-value',
    message: `${folder} is where docker looks for authorities and client certificates; with the key of the server certificate ${name} in it, docker pull fails ("missing client certificate").`,
    hint: `\`dockerctl trust add-registry ${basename(folder)} --ca CA.crt\`, with ca.crt of the authority's folder`,
  });

/** Harbor's proxy reads copies below data_volume, with this owner and mode (goharbor/harbor make/photon/prepare/utils/nginx.py, misc.py mark_file). */
const HARBOR_OWNER = { uid: 10_000, gid: 10_000 };

export const harborPort = (config: YamlFile): number =>
  Number(readYaml(config, ['https', 'port']) ?? 443);

/** What Harbor's configuration says about its data and its proxy's live certificate. */
export const harborLiveFolder = (config: YamlFile): string =>
  join(readYaml(config, ['data_volume']) ?? '/data', 'secret', 'cert');

/**
 * The pair goes to tls/ in Harbor's folder and harbor.yml points there; with `live` the running proxy's copies are
 * exchanged too, which otherwise `prepare` would do. Throws `invalid-value` when the certificate does not cover the names
 * under which Harbor answers.
 */
export function toHarbor(bundle: Bundle, config: YamlFile, live: boolean): Deployment {
  assertCovers(bundle, harborHosts(config), config.path);
  const folder = join(dirname(config.path), 'tls');
  const [certificate, key] = [
    join(folder, `${bundle.name}.crt`),
    join(folder, `${bundle.name}.key`),
  ];
  const pointed = setYaml(config, ['https', 'certificate'], certificate);
  const text = setYaml({ ...config, text: pointed }, ['https', 'private_key'], key);
  const liveFolder = harborLiveFolder(config);
  const inForce = live
    ? pair(bundle, {
        certificate: join(liveFolder, 'server.crt'),
        key: join(liveFolder, 'server.key'),
      }).map((file) => ({ ...file, mode: KEY_MODE, owner: HARBOR_OWNER }))
    : [];
  return {
    files: [...pair(bundle, { certificate, key }), ...inForce, wanted(config.path, text, false)],
    notes: live ? [] : ['Harbor takes it over with its next: ./prepare && docker compose up -d'],
  };
}

/** The names Harbor answers to. Throws `invalid-value` where there is none. */
function harborHosts(config: YamlFile): string[] {
  const hostname = readYaml(config, ['hostname']);
  const external = readYaml(config, ['external_url']);
  const url = external !== null && URL.canParse(external) ? new URL(external).hostname : null;
  const hosts = [hostname, url]
    .filter((host) => host !== null)
    .map((host) => host.replace(/^\[(.*)\]$/u, '$1'));
  if (hosts.length > 0) return [...new Set(hosts)];
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${config.path} has no hostname: it is not Harbor's configuration.`,
    hint: '--harbor DIR with the folder that holds harbor.yml',
  });
}

/** Where the registry (distribution/distribution configuration/configuration.go, HTTP.TLS) reads its pair now, or null. */
export function registryPair(config: YamlFile): PairPaths | null {
  const certificate = readYaml(config, ['http', 'tls', 'certificate']);
  const key = readYaml(config, ['http', 'tls', 'key']);
  return certificate === null || key === null ? null : { certificate, key };
}

/** Where the registry answers: `http.addr` as Go's net.Listen reads it (`:5000`, `10.0.0.1:5000`); null for a socket, or none. */
export function registryEndpoint(config: YamlFile): Endpoint | null {
  const [, host = '', port] =
    /^(?:\[?([^\]/]*?)\]?)?:(\d+)$/u.exec(readYaml(config, ['http', 'addr']) ?? '') ?? [];
  if (port === undefined || readYaml(config, ['http', 'net']) === 'unix') return null;
  const everywhere = ['', '0.0.0.0', '::'].includes(host);
  return { host: everywhere ? '127.0.0.1' : host, port: Number(port) };
}

/** The owner of this folder is the user that the registry runs as, and must be able to read the key. */
export const registryStorage = (config: YamlFile): string =>
  readYaml(config, ['storage', 'filesystem', 'rootdirectory']) ?? '/var/lib/registry';

export interface PairPaths {
  readonly certificate: string;
  readonly key: string;
}

/** Where a registry reads what is deployed to it. */
export interface RegistryPlace {
  /** The pair that is exchanged in its place; null: a new one is made, and config.yml points there. */
  readonly existing: PairPaths | null;
  readonly owner: DeployedFile['owner'];
  /** Where the new one goes, in tls/; default: the folder of config.yml. */
  readonly folder?: string;
  /** How the registry itself calls a file of this machine; default: as we do. */
  readonly inside?: (path: string) => string;
}

export function toRegistry(bundle: Bundle, config: YamlFile, machine: RegistryPlace): Deployment {
  if (readYaml(config, ['http', 'tls', 'letsencrypt', 'cachefile']) !== null)
    throw hasLetsEncrypt(config);
  const { existing, owner, inside = (path: string) => path } = machine;
  const given = (file: DeployedFile): DeployedFile => ({ ...file, owner });
  if (existing !== null) return { files: pair(bundle, existing).map(given), notes: [] };
  const folder = join(machine.folder ?? dirname(config.path), 'tls');
  const paths = {
    certificate: join(folder, `${bundle.name}.crt`),
    key: join(folder, `${bundle.name}.key`),
  };
  const pointed = setYaml(config, ['http', 'tls', 'certificate'], inside(paths.certificate));
  const text = setYaml({ ...config, text: pointed }, ['http', 'tls', 'key'], inside(paths.key));
  const files = pair(bundle, paths).map(given);
  return { files: [...files, wanted(config.path, text, false)], notes: [] };
}

/** distribution/distribution registry/registry.go (ListenAndServe): "cannot specify both certificate and Let's Encrypt". */
const hasLetsEncrypt = ({ path }: YamlFile): DockerctlError =>
  new DockerctlError({
    code: 'invalid-value',
    message: `${path} has http.tls.letsencrypt, and a registry with a certificate beside it does not start.`,
    hint: 'take http.tls.letsencrypt out of it first, or leave the certificate to it',
  });

/** Throws `not-found` for a certificate whose key is elsewhere. */
function pair(bundle: Bundle, { certificate, key }: PairPaths): DeployedFile[] {
  if (bundle.key === null) {
    throw new DockerctlError({
      code: 'not-found',
      message: `The key of ${bundle.name} is not here: it was signed from a request.`,
      hint: `\`dockerctl certs export ${bundle.name} --format pem --out DIR\`, where the key is`,
    });
  }
  return [wanted(key, bundle.key, true), wanted(certificate, fullChain(bundle), false)];
}

function assertCovers({ certificate, name }: Bundle, hosts: readonly string[], path: string): void {
  const x509 = new X509Certificate(certificate.der);
  const open = hosts.filter(
    (host) => (isIP(host) === 0 ? x509.checkHost(host) : x509.checkIP(host)) === undefined,
  );
  if (open.length === 0) return;
  const names = certificate.names.map(formatName).join(', ');
  throw new DockerctlError({
    code: 'invalid-value',
    message: `The certificate ${name} does not cover ${open.join(' and ')}, which ${path} names; it covers ${names}.`,
    hint: `dockerctl certs issue --profile harbor${hosts.map((host) => ` --domain ${host}`).join('')}`,
  });
}

const wanted = (path: string, text: string, isKey: boolean): DeployedFile => ({
  path,
  bytes: Buffer.from(text),
  isKey,
  mode: isKey ? KEY_MODE : OPEN_MODE,
  owner: null,
});
