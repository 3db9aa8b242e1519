import { DockerctlError } from '../../../errors.js';
import { isObject, type Json } from '../../formats/json/json-object.js';
import type { Usage } from '../x509/extensions.js';
import { isKeyType, KEY_TYPE_NAMES, type KeyType } from '../keys/key-type.js';

/** What `certs issue --profile NAME` takes where the command line is silent: certs/NAME.json5, or /etc/dockerctl/certs/NAME.json5. */
export interface LeafProfile {
  readonly description: string;
  readonly keyType: KeyType;
  readonly days: number;
  readonly usages: readonly Usage[];
}

/** The same for `certs init` and `certs crl`: the profile `ca`. */
export interface AuthorityProfile {
  readonly description: string;
  readonly keyType: KeyType;
  readonly days: number;
  readonly intermediateDays: number;
  /** How long a revocation list is good for. */
  readonly crlDays: number;
  /** Where clients fetch it; null leaves the distribution point out of certificates. */
  readonly crlUrl: string | null;
  /** Where the certificate of the authority can be had, over http; null, or left out, leaves it out of certificates. */
  readonly caUrl?: string | null;
}

type Check = (value: Json | undefined) => string | null;
type Checks<Profile> = { readonly [Key in keyof Profile]-?: Check };

const days: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 1 ? null : 'a whole number of days';
const text: Check = (value) => (typeof value === 'string' ? null : 'a string');

const keyType: Check = (value) =>
  typeof value === 'string' && isKeyType(value) ? null : `one of ${KEY_TYPE_NAMES.join(', ')}`;

const usages: Check = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((usage) => usage === 'server' || usage === 'client')
    ? null
    : 'a list of "server" and "client"';

const url: Check = (value) =>
  value === null || (typeof value === 'string' && /^https?:\/\/\S+$/u.test(value))
    ? null
    : 'an http URL, or null';

/** Whoever follows it has no certificate yet to check a TLS server with (RFC 5280, section 8). */
const plainUrl: Check = (value) =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && /^http:\/\/\S+$/u.test(value))
    ? null
    : 'an http:// URL, or null';

const LEAF: Checks<LeafProfile> = { description: text, keyType, days, usages };

const AUTHORITY: Checks<AuthorityProfile> = {
  description: text,
  keyType,
  days,
  intermediateDays: days,
  crlDays: days,
  crlUrl: url,
  caUrl: plainUrl,
};

/** `value` is the parsed file, `path` names it in errors. Throws `invalid-value`. */
export const readLeafProfile = (value: Json, path: string): LeafProfile =>
  checked<LeafProfile>(value, LEAF, path);

export const readAuthorityProfile = (value: Json, path: string): AuthorityProfile =>
  checked<AuthorityProfile>(value, AUTHORITY, path);

function checked<Profile>(value: Json, checks: Checks<Profile>, path: string): Profile {
  if (!isObject(value)) throw wrong(path, 'it must be an object');
  const known = Object.entries<Check>(checks);
  const stranger = Object.keys(value).find((key) => !Object.hasOwn(checks, key));
  if (stranger !== undefined) {
    throw wrong(path, `"${stranger}" is not one of ${known.map(([key]) => key).join(', ')}`);
  }
  for (const [key, check] of known) {
    const wanted = check(value[key]);
    if (wanted !== null) throw wrong(path, `"${key}" must be ${wanted}`);
  }
  return value as Profile;
}

const wrong = (path: string, reason: string): DockerctlError =>
  new DockerctlError({
    code: 'invalid-value',
    message: `The certificate profile ${path} cannot be used: ${reason}.`,
    hint: `correct ${path}, or delete it to get the built-in profile back`,
  });
