import { dirname, join } from 'node:path';
import { parseCertificates } from '../../../core/trust/material/certificates.js';
import { DockerctlError, systemErrorCode } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import { type StoredCertificate, type KeyStore, runTool } from './key-store.js';

const SYSTEM = '/etc/pki/nssdb';
const FILE = 'cert9.db';
const INSTALL = 'apt-get install libnss3-tools (Fedora: dnf install nss-tools)';
/** `NAME   C,,`: the nickname, and for what it is trusted: servers, mail, code. */
const LINE = /^(\S.*?) +([a-zA-Z]*),[a-zA-Z]*,[a-zA-Z]* *$/gm;

/**
 * The system's database, and those of root and of the person behind sudo. Not everybody's: root exchanging files in
 * folders of users who are not root would let them choose which.
 */
export function findNssStores(host: Host): KeyStore[] {
  const homes = homesOf(host).map((home) => join(home, '.pki/nssdb'));
  const paths = [SYSTEM, ...homes].map((folder) => join(folder, FILE));
  return [...new Set(paths)]
    .filter((path) => isFile(host, path))
    .map((path) => nssStore(host, path));
}

/** To somebody who is not root, root's home holds nothing. */
function isFile({ fs }: Host, path: string): boolean {
  try {
    return fs.stat(path)?.kind === 'file';
  } catch (error) {
    if (systemErrorCode(error) === 'EACCES') return false;
    throw error;
  }
}

function nssStore(host: Host, path: string): KeyStore {
  const run = (copy: string, ...argv: string[]) =>
    runTool(host, ['certutil', ...argv, '-d', `sql:${dirname(copy)}`], { path, install: INSTALL });
  return {
    consumer: 'nss',
    path,
    // What is trusted is signed, and the signatures lie beside the keys.
    company: ['key4.db', 'pkcs11.txt'],
    list: async (copy) => {
      refuseOpenWrite(host, path);
      const lines = [...(await run(copy, '-L')).matchAll(LINE)];
      const names = lines.filter(([, , ssl]) => ssl?.includes('C')).map(([, name = '']) => name);
      const held: StoredCertificate[] = [];
      for (const name of names) {
        const pem = await run(copy, '-L', '-a', '-n', name);
        const [certificate] = parseCertificates(Buffer.from(pem));
        if (certificate !== undefined) held.push({ name, certificate });
      }
      return held;
    },
    add: async (copy, { name, file }) => {
      await run(copy, '-A', '-t', 'C,,', '-n', name, '-a', '-i', file);
    },
    remove: async (copy, name) => {
      await run(copy, '-D', '-n', name);
    },
  };
}

/** SQLite keeps what a program is writing in a file beside the database: a copy without it would be torn. */
function refuseOpenWrite({ fs }: Host, path: string): void {
  const open = ['-journal', '-wal'].map((ending) => `${path}${ending}`);
  const busy = open.find((journal) => (fs.stat(journal)?.size ?? 0) > 0);
  if (busy === undefined) return;
  throw new DockerctlError({
    code: 'locked',
    message: `a program is writing to ${path}: there is ${busy}`,
    hint: 'close the browser, then run the same command again',
  });
}

function homesOf({ fs, self }: Host): string[] {
  const users = new Set(['root', self.user]);
  return passwd(fs)
    .filter(([name = '']) => users.has(name))
    .map(([, , , , , home = '']) => home)
    .filter((home) => home.startsWith('/'));
}

function passwd(fs: Host['fs']): string[][] {
  try {
    const text = Buffer.from(fs.read('/etc/passwd')).toString('utf8');
    return text.split('\n').map((line) => line.split(':'));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
