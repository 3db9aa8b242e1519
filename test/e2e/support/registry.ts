import type { Machine } from './machine.js';

/** A docker-registry inside a machine, on 10.99.0.1. */
export interface RegistrySettings {
  readonly port: number;
  /** Default: plain http. */
  readonly tls?: ServerCertificate;
  /** Only who shows a certificate of this CA is let in. */
  readonly clientCa?: string;
  /** Basic authentication with this user and password. */
  readonly auth?: { readonly user: string; readonly password: string };
}

/** Paths inside the machine. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** The CA's certificate, PEM. */
  readonly ca: string;
  /** Issues a server certificate for these DNS names. */
  issue(...names: readonly string[]): Promise<ServerCertificate>;
}

/** Starts the registry and waits until it listens. Answers `registry.test:PORT`. */
export async function startRegistry(machine: Machine, settings: RegistrySettings): Promise<string> {
  const { port } = settings;
  const folder = `/srv/registry-${port}`;
  await machine.write(`${folder}/config.yml`, JSON.stringify(configuration(folder, settings)));
  if (settings.auth !== undefined) {
    await machine.exec(['htpasswd', '-cBi', `${folder}/htpasswd`, settings.auth.user], {
      input: settings.auth.password,
    });
  }
  await machine.sh(`
    systemd-run --quiet --unit=registry-${port} docker-registry serve ${folder}/config.yml
    timeout 240 bash -c 'until (exec 3<>/dev/tcp/10.99.0.1/${port}) 2>/dev/null; do sleep 0.05; done'
  `);
  return `registry.test:${port}`;
}

/** JSON is YAML. */
function configuration(folder: string, { port, tls, clientCa, auth }: RegistrySettings) {
  return {
    version: 0.1,
    storage: { filesystem: { rootdirectory: `${folder}/data` } },
    http: {
      addr: `10.99.0.1:${port}`,
      ...(tls === undefined
        ? {}
        : {
            tls: {
              certificate: tls.cert,
              key: tls.key,
              ...(clientCa !== undefined && { clientcas: [clientCa] }),
            },
          }),
    },
    ...(auth === undefined
      ? {}
      : { auth: { htpasswd: { realm: 'test', path: `${folder}/htpasswd` } } }),
  };
}

const EC_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';

/** A certificate authority made with openssl, in a folder of its own. */
export async function makeAuthority(machine: Machine, name: string): Promise<Authority> {
  const folder = `/srv/${name}`;
  await machine.sh(`
    mkdir -p ${folder} && cd ${folder}
    openssl req -x509 ${EC_KEY} -days 30 -subj '/CN=${name}' -keyout ca.key -out ca.crt 2>&1
  `);
  return {
    ca: `${folder}/ca.crt`,
    issue: async (...names) => {
      const path = `${folder}/${names[0]}`;
      const subjects = names.map((dns) => `DNS:${dns}`).join(',');
      await machine.sh(`
        openssl req -x509 ${EC_KEY} -days 30 -subj '/CN=${names[0]}' -CA ${folder}/ca.crt -CAkey ${folder}/ca.key \\
          -addext subjectAltName=${subjects} -addext basicConstraints=critical,CA:false \\
          -keyout ${path}.key -out ${path}.crt 2>&1
      `);
      return { cert: `${path}.crt`, key: `${path}.key` };
    },
  };
}
