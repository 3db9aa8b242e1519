// Runs inside a machine whose dockerd has just been started: node observe.mjs LOOK… prints, as one line of JSON, what a new container,
// a new network or the builder is really given. What differs between two runs of the same configuration is left out.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import { Duplex } from 'node:stream';

const SOCKET = '/run/docker.sock';
const run = (...argv) => {
  const [program, ...rest] = argv;
  try {
    return execFileSync(program, rest, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30_000,
    });
  } catch (error) {
    return `failed: ${error.stdout}${error.stderr}`;
  }
};
const json = (text, fallback) => {
  try {
    return JSON.parse(text);
  } catch {
    return fallback;
  }
};

const LOOKS = {
  async info() {
    const info = json(run('docker', 'info', '--format', '{{json .}}'), {});
    const { Runtimes, DefaultAddressPools, HttpProxy, HttpsProxy, NoProxy, Driver, CDISpecDirs } =
      info;
    return {
      Runtimes,
      DefaultAddressPools,
      HttpProxy,
      HttpsProxy,
      NoProxy,
      Driver,
      CDISpecDirs,
      builder: await builderVersion(),
    };
  },
  container() {
    rmSync('/tmp/rt.log', { force: true });
    if (!run('docker', 'image', 'inspect', 'bb:1').startsWith('['))
      run('docker', 'import', '/root/bb.tar', 'bb:1');
    const info = json(run('docker', 'info', '--format', '{{json .Runtimes}}'), {});
    const runtime = 'x' in info ? ['--runtime', 'x'] : [];
    run('docker', 'rm', '-f', 'one');
    const said = run(
      'docker',
      'run',
      '--name',
      'one',
      '--network',
      'none',
      ...runtime,
      'bb:1',
      'sh',
      '-c',
      'ulimit -a; ulimit -Ha',
    );
    const [made] = json(run('docker', 'inspect', 'one'), [{}]);
    run('docker', 'rm', '-f', 'one');
    const { LogConfig, Ulimits, Runtime } = made?.HostConfig ?? {};
    return {
      said,
      LogConfig,
      Ulimits,
      Runtime,
      wrapper: existsSync('/tmp/rt.log') ? readFileSync('/tmp/rt.log', 'utf8') : null,
    };
  },
  network() {
    if (!run('docker', 'image', 'inspect', 'bb:1').startsWith('['))
      run('docker', 'import', '/root/bb.tar', 'bb:1');
    run('docker', 'rm', '-f', 'two');
    run('docker', 'network', 'rm', 'n1');
    const made = run('docker', 'network', 'create', 'n1');
    const id = made.slice(0, 12);
    const inside = run(
      'docker',
      'run',
      '-d',
      '--name',
      'two',
      '--network',
      'n1',
      '-p',
      '18080:80',
      'bb:1',
      'sleep',
      '60',
    );
    const addresses = run(
      'docker',
      'exec',
      'two',
      'sh',
      '-c',
      'for i in /sys/class/net/*; do echo $i; cat $i/mtu; done',
    );
    const [network] = json(run('docker', 'network', 'inspect', 'n1'), [{}]);
    const [container] = json(run('docker', 'inspect', 'two'), [{}]);
    const { IPAM, EnableIPv6, EnableIPv4, Internal } = network ?? {};
    const bridges = json(run('ip', '-j', '-d', 'addr', 'show', 'type', 'bridge'), []).filter(
      ({ ifname }) => ifname !== 'docker0',
    );
    const links = bridges.map(({ ifname, mtu, addr_info }) => ({
      ifname: ifname.replace(id, 'ID'),
      mtu,
      addresses: addr_info?.filter(({ scope }) => scope === 'global').map(({ local }) => local),
    }));
    const tables = ['iptables-save', 'ip6tables-save'].map((program) =>
      run(program)
        .split('\n')
        .filter((line) => /^-/.test(line))
        .map((line) => line.replaceAll(id, 'ID'))
        .sort(),
    );
    run('docker', 'rm', '-f', 'two');
    run('docker', 'network', 'rm', 'n1');
    return {
      made: made.startsWith('failed') ? made : 'ok',
      inside: inside.startsWith('failed') ? inside : 'ok',
      addresses,
      IPAM,
      EnableIPv6,
      EnableIPv4,
      Internal,
      Ports: container?.NetworkSettings?.Ports,
      links,
      tables,
    };
  },
  async workers() {
    return (await listWorkers())
      .toString('latin1')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
  },
};

function builderVersion() {
  return new Promise((resolve) => {
    http.get({ socketPath: SOCKET, path: '/_ping' }, (answer) => {
      answer.resume();
      resolve(answer.headers['builder-version'] ?? null);
    });
  });
}

/** The rules of garbage collection as BuildKit has them: moby.buildkit.v1.Control/ListWorkers, undecoded. */
function listWorkers() {
  return new Promise((resolve, reject) => {
    const headers = { Connection: 'Upgrade', Upgrade: 'h2c' };
    const request = http.request({ socketPath: SOCKET, method: 'POST', path: '/grpc', headers });
    request.on('error', reject);
    request.on('upgrade', (_, socket, head) => {
      const both = new Duplex({
        read: () => socket.resume(),
        write: (chunk, encoding, done) => socket.write(chunk, encoding, done),
        final: (done) => socket.end(done),
      });
      if (head.length > 0) both.push(head);
      socket.on('data', (chunk) => both.push(chunk));
      socket.on('end', () => both.push(null));
      const session = http2.connect('http://localhost', { createConnection: () => both });
      session.on('error', reject);
      const stream = session.request({
        ':method': 'POST',
        ':path': '/moby.buildkit.v1.Control/ListWorkers',
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => resolve(Buffer.concat(chunks)));
      stream.on('error', reject);
      stream.end(Buffer.alloc(5));
    });
    request.end();
  });
}

const seen = {};
for (const look of process.argv.slice(2)) seen[look] = await LOOKS[look]();
const text = JSON.stringify(seen)
  .replace(/\b[0-9a-f]{12,64}\b/g, 'ID')
  .replace(/veth[0-9a-f]+/g, 'veth')
  .replace(/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/g, 'MAC');
process.stdout.write(`${text}\n`, () => process.exit(0));
