import type { Machine } from './machine.js';

/** An authority's certificate, by openssl, at the path that is answered. */
export async function makeCaFile(machine: Machine): Promise<string> {
  const files = ['-keyout', '/srv/ca.key', '-out', '/srv/ca.pem'];
  await machine.exec([
    ...['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=A CA'],
    ...['-addext', 'keyUsage=critical,keyCertSign', ...files],
  ]);
  return '/srv/ca.pem';
}
