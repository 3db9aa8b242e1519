// A folder of chains that real dockers were asked about: CASE/{ca.crt,chain.pem}, and labels.tsv with a row a case: its
// name, the host, what docker 20.10, 26.1 and 28.5 said (ok or refused), its words, and `go` where the server is Go's.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK = /-----BEGIN CERTIFICATE-----([^-]*)-----END/g;

/** Those of its rows whose files are there. */
export function readChains(folder) {
  const [, ...rows] = readFileSync(join(folder, 'labels.tsv'), 'utf8').trim().split('\n');
  return rows.flatMap((row) => {
    const [name, host, docker20, docker26, docker28, words = '', server = ''] = row.split('\t');
    const at = join(folder, name);
    if (!existsSync(join(at, 'ca.crt'))) return [];
    const sent = readFileSync(join(at, 'chain.pem'), 'latin1');
    const chain = [...sent.matchAll(BLOCK)].map(([, body]) => Buffer.from(body, 'base64'));
    return [
      {
        ...{ name, host, words, chain },
        ca: readFileSync(join(at, 'ca.crt'), 'latin1'),
        server: server === 'go' ? 'go' : 'openssl',
        said: { 1.19: docker20, 1.24: docker26, 1.27: docker28 },
      },
    ];
  });
}
