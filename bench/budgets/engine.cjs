// A program called dockerd that answers on /run/docker.sock as it is told. Usage: dockerd engine.cjs LIE SIZE
const { createServer } = require('node:http');
const { rmSync, writeFileSync } = require('node:fs');

// dockerd would only judge its file.
if (process.argv.includes('--validate')) process.exit(0);
const [lie, size] = [process.argv[2], Number(process.argv[3])];
const INFO = { ID: 'lie', ServerVersion: '28.5.2', SystemTime: new Date().toISOString() };
const range = (count, make) => Array.from({ length: count }, (_, index) => make(index));

const send = (response, value) => response.end(JSON.stringify(value));
const endless = (response, piece) => {
  const more = () => {
    while (response.write(piece));
  };
  response.on('drain', more);
  more();
};
const LIES = {
  honest: { '/info': (response) => send(response, INFO) },
  silent: { '/info': () => undefined, '*': () => undefined },
  drip: { '*': (response) => setInterval(() => response.write(' '), 200) },
  keys: {
    '/info': (response) =>
      send(response, {
        ...INFO,
        ...Object.fromEntries(range(size, (index) => [`key-${index}`, 1])),
      }),
  },
  large: { '/info': (response) => response.end(`{"a":"${'x'.repeat(size)}"}`) },
  endless: { '/info': (response) => endless(response, 'x'.repeat(65536)) },
  registries: {
    '/info': (response) =>
      send(response, {
        ...INFO,
        RegistryConfig: { Mirrors: range(size, (index) => `https://m${index}.test/`) },
      }),
  },
  containers: {
    '/info': (response) => send(response, INFO),
    '/containers/json': (response) =>
      send(
        response,
        range(size, (index) => ({
          Id: index.toString(16).padStart(64, '0'),
          Names: [`/name-${index}`],
        })),
      ),
    '/containers/': (response, url) =>
      send(response, {
        Id: url.split('/')[2],
        Name: `/name-${url.split('/')[2].slice(-6)}`,
        State: { Running: true, Pid: 1, StartedAt: '2026-01-01T00:00:00Z' },
        HostConfig: { RestartPolicy: { Name: 'always' } },
      }),
  },
};
const DEFAULTS = {
  '/_ping': (response) => response.end('OK'),
  '/containers/json': (response) => send(response, []),
  '/events': (response) => response.end(''),
};

const server = createServer((request, response) => {
  const path = request.url.split('?')[0];
  const table = LIES[lie];
  const answer =
    table[path] ??
    (path.startsWith('/containers/') ? table['/containers/'] : undefined) ??
    table['*'] ??
    DEFAULTS[path];
  response.on('error', () => undefined);
  if (answer === undefined) response.writeHead(404).end('{}');
  else answer(response, path);
});
rmSync('/run/docker.sock', { force: true });
server.listen('/run/docker.sock', () => {
  writeFileSync('/run/docker.pid', String(process.pid));
});
