import { DOCKER_HUB } from '../dockerd/options/docker-hub.js';
import type { DaemonConfig } from '../dockerd/activation/activation.js';
import type { DeployTarget } from '../pki/authority/deploy-targets.js';
import { certificate } from './statements.js';
import { formatSettings } from '../formats/json/json5-settings.js';
import type { Json } from '../formats/json/json-object.js';

/** What is on a machine today. */
export interface AdoptedState {
  readonly configPath: string;
  readonly config: DaemonConfig;
  /** Registries of certs.d by name, and the PEM of the CAs that are trusted for them. */
  readonly registries: readonly {
    readonly name: string;
    readonly ca: string | null;
    readonly client: boolean;
    /** Who trusts it so; left out: docker alone. */
    readonly to?: readonly string[];
  }[];
  /** CAs that dockerctl put into the system's store, by the name that they were given. */
  readonly cas?: readonly { readonly name: string; readonly pem: string }[];
  /** Certificates of our own CA that are in force, and where each was put besides the store. */
  readonly certificates?: readonly AdoptedCertificate[];
}

export interface AdoptedCertificate {
  readonly name: string;
  /** `dns:registry.example.com`, `ip:192.0.2.10`. */
  readonly names: readonly string[];
  readonly usages: readonly string[];
  readonly targets: readonly DeployTarget[];
}

export interface Adopted {
  /** Of the declaration, and of the CAs that it names. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly notes: readonly string[];
}

/** Where what is written is kept, and the example that explains every key. */
export interface KeptStatements {
  readonly folder: string;
  readonly example: string;
}

/** The declaration that finds this machine as declared; CAs are kept beside it. */
export function adopt(
  { configPath, config, registries, cas = [], certificates = [] }: AdoptedState,
  { folder, example }: KeptStatements,
): Adopted {
  const { 'registry-mirrors': mirrors, 'insecure-registries': insecure, ...daemon } = config;
  // What certs.d/docker.io holds are the CAs of Docker Hub's mirrors: those registries have folders of their own.
  const trusted = registries.filter(
    ({ name, ca, to = ['docker'] }) => ca !== null && name !== DOCKER_HUB && to.length > 0,
  );
  const declared = new Map(certificates.flatMap(declaredCertificate));
  const caPath = (name: string) => `${folder}/ca/${name}.crt`;
  const systemPath = (name: string) => `${folder}/ca/system-${name}.crt`;
  const value: Record<string, Json> = {
    config: configPath,
    daemon,
    ...(mirrors === undefined ? {} : { mirrors }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(trusted.length === 0
      ? {}
      : {
          registries: Object.fromEntries(
            trusted.map(({ name, to = ['docker'] }) => [
              name,
              { ca: { file: caPath(name) }, ...(to.join() === 'docker' ? {} : { to: [...to] }) },
            ]),
          ),
        }),
    ...(cas.length === 0
      ? {}
      : { cas: Object.fromEntries(cas.map(({ name }) => [name, { file: systemPath(name) }])) }),
    ...(declared.size === 0 ? {} : { certificates: Object.fromEntries(declared) }),
    drift: { default: 'report' },
    restart: 'never',
  };
  return {
    files: [
      ...trusted.map(({ name, ca }) => ({ path: caPath(name), text: ca ?? '' })),
      ...cas.map(({ name, pem }) => ({ path: systemPath(name), text: pem })),
      { path: `${folder}/dockerctl.json5`, text: `${header(example)}${formatSettings(value)}` },
    ],
    notes: [
      ...registries
        .filter(({ client }) => client)
        .map(
          ({ name }) => `${name} has a client certificate, which is not declared: add cert and key`,
        ),
      ...certificates
        .filter(({ name }) => !declared.has(name))
        .map(
          ({ name }) =>
            `the certificate ${name} is not declared: its names or its use are none that a declaration has`,
        ),
    ],
  };
}

/** What its issue and its deployments say together; nothing where a declaration could not have it issued so. */
function declaredCertificate({
  name,
  names,
  usages,
  targets,
}: AdoptedCertificate): [string, Json][] {
  const profile = PROFILES.get(usages.join());
  const read = names.map((one) => /^(dns|ip):(.+)$/s.exec(one));
  if (profile === undefined || read.includes(null)) return [];
  const wanted = {
    names: read.map((found) => ({
      kind: found?.[1] === 'ip' ? ('ip' as const) : ('dns' as const),
      value: found?.[2] ?? '',
    })),
    profile,
  };
  const said = [null, ...targets].reduce<Json | undefined>(
    (value, target) => certificate(name, wanted, target).say(value),
    undefined,
  );
  return said === undefined ? [] : [[name, said]];
}

/** By the uses that their certificates have. */
const PROFILES: ReadonlyMap<string, string> = new Map([
  ['server', 'registry'],
  ['client', 'client'],
]);

const header = (
  example: string,
) => `// Written by \`dockerctl adopt\` of what was there. Every key is explained in ${example}.
// What is not named here is not managed: delete what shall be somebody else's.
`;
