import { fileError } from '../../core/text/file-error.js';
import { parseSettings } from '../../core/formats/json/json5-settings.js';
import {
  readAuthorityProfile,
  readLeafProfile,
  type AuthorityProfile,
  type LeafProfile,
} from '../../core/pki/authority/profile.js';
import type { Json } from '../../core/formats/json/json-object.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';

const OVERRIDES = '/etc/dockerctl/certs';
const AUTHORITY = 'ca';

/** certs/NAME.json5 of the installation, or of /etc/dockerctl/certs. Throws `not-found`, `invalid-value`, `invalid-declaration`. */
export function loadLeafProfile(host: Host, name: string): LeafProfile {
  if (name === AUTHORITY) throw unknown(host, name);
  const { value, path } = load(host, name);
  return readLeafProfile(value, path);
}

export function loadAuthorityProfile(host: Host): AuthorityProfile {
  const { value, path } = load(host, AUTHORITY);
  return readAuthorityProfile(value, path);
}

function load(host: Host, name: string): { readonly value: Json; readonly path: string } {
  if (!/^[\w-]+$/u.test(name)) throw unknown(host, name);
  const path = `${OVERRIDES}/${name}.json5`;
  const own = host.fs.stat(path, { follow: true }) !== null;
  const bytes = own ? read(host, path) : readBuiltIn(host, name);
  const value = parseSettings(Buffer.from(bytes).toString('utf8'), own ? path : asset(name));
  return { value, path };
}

function read(host: Host, path: string): Uint8Array {
  try {
    return host.fs.read(path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

function readBuiltIn(host: Host, name: string): Uint8Array {
  try {
    return host.fs.readAsset(asset(name));
  } catch {
    throw unknown(host, name);
  }
}

const asset = (name: string): string => `certs/${name}.json5`;

const unknown = (host: Host, name: string): DockerctlError =>
  new DockerctlError({
    code: 'not-found',
    message: `There is no certificate profile "${name.replace(/[^\w-]/gu, '?')}", neither in ${OVERRIDES} nor built in.`,
    hint: `one of ${host.fs
      .listAssets('certs')
      .map((file) => file.replace(/\.json5$/u, ''))
      .filter((one) => one !== AUTHORITY)
      .join(', ')}; or write ${OVERRIDES}/NAME.json5`,
  });
