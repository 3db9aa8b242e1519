// Registries in the machine, each with one image in every repository: what a pull needs, and no more.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { gzipSync } from 'node:zlib';

export const LAB = '/srv/states';
const ADDRESS = '10.99.0.1';
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
const openssl = (...argv) => execFileSync('openssl', argv, { stdio: ['ignore', 'pipe', 'ignore'] });

/** Authorities A, B and X (which signed nothing), a server's pair for each name, a client's pair. */
export function makeCertificates() {
  mkdirSync(LAB, { recursive: true });
  for (const name of ['A', 'B', 'X'])
    openssl(
      ...['req', '-x509', ...EC, '-subj', `/CN=states ${name}`],
      ...['-keyout', `${LAB}/${name}.key`, '-out', `${LAB}/${name}.crt`],
    );
  for (const [ca, host] of [
    ['A', 'registry.test'],
    ['A', 'mirror.test'],
    ['B', 'mirror.test'],
    ['A', 'auth.test'],
    ['B', 'auth.test'],
    ['A', 'client'],
  ])
    openssl(
      ...['req', '-x509', ...EC, '-subj', `/CN=${host}`],
      ...['-CA', `${LAB}/${ca}.crt`, '-CAkey', `${LAB}/${ca}.key`],
      ...['-addext', `subjectAltName=DNS:${host},IP:${ADDRESS}`],
      ...['-addext', 'basicConstraints=critical,CA:false'],
      ...['-keyout', `${LAB}/${ca}-${host}.key`, '-out', `${LAB}/${ca}-${host}.crt`],
    );
}

/** What listens where; `realm` is where its tokens come from. */
export const SERVERS = [
  { port: 7001, pair: 'A-registry.test' },
  { port: 7002, pair: 'A-registry.test', clients: true },
  { port: 7003, pair: 'A-registry.test', realm: 'https://registry.test:7003/token' },
  { port: 7004, pair: 'A-registry.test', realm: 'https://auth.test:7100/token' },
  { port: 7005, pair: 'A-registry.test', realm: 'https://auth.test:7101/token' },
  { port: 7006 },
  { port: 7007, realm: 'http://auth.test:7102/token' },
  { port: 7008, pair: 'A-mirror.test' },
  { port: 7009, pair: 'B-mirror.test' },
  { port: 7010 },
  { port: 7100, pair: 'B-auth.test' },
  { port: 7101, pair: 'A-auth.test' },
  { port: 7102 },
];

export function startServers() {
  for (const { port, pair, clients, realm } of SERVERS) {
    const answer = (request, response) => serve(realm, request, response);
    const tls = pair && {
      cert: readFileSync(`${LAB}/${pair}.crt`),
      key: readFileSync(`${LAB}/${pair}.key`),
      ...(clients && {
        ca: readFileSync(`${LAB}/A.crt`),
        requestCert: true,
        rejectUnauthorized: true,
      }),
    };
    (tls ? createHttps(tls, answer) : createHttp(answer)).listen(port, ADDRESS);
  }
}

const digest = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const tar = Buffer.alloc(1024);
const layer = gzipSync(tar);
const config = Buffer.from(
  JSON.stringify({
    ...{ architecture: 'amd64', os: 'linux', config: {} },
    rootfs: { type: 'layers', diff_ids: [digest(tar)] },
  }),
);
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const part = (mediaType, bytes) => ({ mediaType, size: bytes.length, digest: digest(bytes) });
const manifest = Buffer.from(
  JSON.stringify({
    ...{ schemaVersion: 2, mediaType: MANIFEST },
    config: part('application/vnd.docker.container.image.v1+json', config),
    layers: [part('application/vnd.docker.image.rootfs.diff.tar.gzip', layer)],
  }),
);

function serve(realm, request, response) {
  const { url = '', method, headers } = request;
  const send = (status, type, body, more = {}) =>
    response
      .writeHead(status, {
        ...{ 'docker-distribution-api-version': 'registry/2.0', 'content-type': type },
        ...{ 'content-length': body.length, ...more },
      })
      .end(method === 'HEAD' ? undefined : body);
  const json = (status, value, more) =>
    send(status, 'application/json', Buffer.from(JSON.stringify(value)), more);
  if (url.startsWith('/token')) return json(200, { token: 'yes', access_token: 'yes' });
  if (realm !== undefined && headers.authorization !== 'Bearer yes')
    return json(
      ...[401, { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }],
      { 'www-authenticate': `Bearer realm="${realm}",service="states"` },
    );
  const [, path = ''] = /^\/v2\/([^?]*)/.exec(url) ?? [];
  if (path === '') return json(url.startsWith('/v2') ? 200 : 404, {});
  if (/no-such-image/.test(path))
    return json(404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] });
  if (path.includes('/manifests/'))
    return send(200, MANIFEST, manifest, { 'docker-content-digest': digest(manifest) });
  for (const bytes of [config, layer])
    if (path.endsWith(digest(bytes))) return send(200, 'application/octet-stream', bytes);
  return json(404, { errors: [{ code: 'BLOB_UNKNOWN', message: 'blob unknown' }] });
}
