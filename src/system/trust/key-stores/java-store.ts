import { join, resolve } from 'node:path';
import { parseCertificates } from '../../../core/trust/material/certificates.js';
import { systemErrorCode } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import { type StoredCertificate, type KeyStore, runTool } from './key-store.js';

/** Where JDKs and JREs are unpacked: each folder in one of these may be one. */
const PARENTS = ['/usr/lib/jvm', '/usr/lib64/jvm', '/usr/java', '/usr/local', '/opt', '/opt/java'];
/** The store in the home of a Java: since 9, and before. */
const CACERTS = ['lib/security/cacerts', 'jre/lib/security/cacerts'];
/** Compiled by the system's tool from the system's store: what keytool put there would not last. */
const COMPILED =
  /^\/(?:etc\/pki\/ca-trust\/extracted|etc\/ca-certificates\/extracted|var\/lib\/ca-certificates)\//;
/** What every JDK ships with. It protects nothing: the certificates are public. */
const PASSWORD = ['-storepass', 'changeit'];
const INSTALL = 'install a JDK or JRE that has bin/keytool (Debian: default-jre-headless)';

/**
 * The stores of every Java here that belongs to root, each once: Debian's all share /etc/ssl/certs/java/cacerts. Whoever
 * owns a Java chooses what its keytool does, and where its folders lead.
 */
export function findJavaStores(host: Host): KeyStore[] {
  const { JAVA_HOME } = host.self.env;
  const homes = [
    ...PARENTS.flatMap((parent) => childrenOf(host, parent)),
    ...(JAVA_HOME === undefined ? [] : [resolve('/', JAVA_HOME)]),
  ];
  const found = new Map<string, string>();
  for (const home of homes) {
    for (const cacerts of CACERTS) {
      const path = realFile(host, join(home, cacerts));
      if (path === null || COMPILED.test(path) || found.has(path) || !isSafe(host, path)) continue;
      found.set(path, toolOf(host, home));
    }
  }
  return [...found].map(([path, keytool]) => javaStore(host, path, keytool));
}

function javaStore(host: Host, path: string, keytool: string): KeyStore {
  const run = (store: string, ...argv: string[]) =>
    runTool(host, [keytool, ...argv, '-keystore', store, ...PASSWORD], { path, install: INSTALL });
  return {
    consumer: 'java',
    path,
    company: [],
    list: async (store) => readListing(await run(store, '-list', '-rfc')),
    add: async (store, { name, file }) => {
      await run(store, '-importcert', '-noprompt', '-alias', name, '-file', file);
    },
    remove: async (store, name) => {
      await run(store, '-delete', '-alias', name);
    },
  };
}

/** `Alias name: …`, and for what is trusted `Entry type: trustedCertEntry` and the certificate in PEM. */
function readListing(text: string): StoredCertificate[] {
  return text
    .split(/^(?=Alias name: )/m)
    .filter((entry) => entry.includes('trustedCertEntry'))
    .flatMap((entry) => {
      const name = /^Alias name: (.*)$/m.exec(entry)?.[1] ?? '';
      return parseCertificates(Buffer.from(entry)).map((certificate) => ({ name, certificate }));
    });
}

function toolOf(host: Host, home: string): string {
  const tools = ['bin/keytool', 'jre/bin/keytool'].map((tool) => join(home, tool));
  const tool = tools.map((path) => realFile(host, path)).find((path) => path !== null);
  return tool !== undefined && isSafe(host, tool) ? tool : 'keytool';
}

/** Nobody but root and us can exchange the file, or a folder above it. `path` has no links. */
function isSafe({ fs, self }: Host, path: string): boolean {
  const parts = path.split('/').map((_, index, all) => all.slice(0, index + 1).join('/') || '/');
  return parts.every((part) => {
    const stat = fs.stat(part);
    return stat !== null && [0, self.uid].includes(stat.uid) && (stat.mode & 0o022) === 0;
  });
}

function childrenOf({ fs }: Host, parent: string): string[] {
  try {
    return fs.list(parent).map((name) => join(parent, name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(systemErrorCode(error) ?? '')) return [];
    throw error;
  }
}

function realFile({ fs }: Host, path: string): string | null {
  return fs.stat(path, { follow: true })?.kind === 'file' ? fs.realpath(path) : null;
}
