import { beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { fileURLToPath } from 'node:url';
import { useMachine } from './support/machine.js';

const NGINX_IMAGE = fileURLToPath(new URL('support/nginx-image.sh', import.meta.url));

const HARBOR = `hostname: registry.test   # what clients type
https:
  port: 8443
  certificate: /your/certificate/path
  private_key: /your/private/key/path
data_volume: /data
`;

/** As goharbor/harbor make/photon/prepare/templates/nginx/nginx.https.conf.jinja has it. */
const NGINX_CONF = `
pid /tmp/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path /tmp/body; proxy_temp_path /tmp/proxy; fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi; scgi_temp_path /tmp/scgi;
  server {
    listen 8443 ssl;
    ssl_certificate /etc/cert/server.crt;
    ssl_certificate_key /etc/cert/server.key;
    return 200 "harbor";
  }
}
`;

const REGISTRY = '/etc/docker/registry/config.yml';

describe('certs deploy to servers that run', () => {
  const machine = useMachine();
  const certs = (...argv: string[]) => machine.dockerctl('certs', ...argv);
  const must = async (...argv: string[]) => {
    const ran = await certs(...argv);
    if (ran.status !== 0) throw new Error(`${argv.join(' ')}: ${ran.stderr}${ran.stdout}`);
    return ran.stdout;
  };
  /** SHA-256 of what the server presents. */
  const served = (port: number) =>
    machine.sh(
      `timeout 240 bash -c 'until openssl s_client -connect 127.0.0.1:${port} </dev/null >/tmp/shown 2>/dev/null; do sleep 0.05; done'
       openssl x509 -in /tmp/shown -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f`,
    );
  /** nginx's old workers may take a connection or two before they go. */
  const presents = async (port: number, fingerprint: string) => {
    for (let attempt = 0; attempt < 50; attempt += 1)
      if ((await served(port)) === fingerprint) return true;
    return false;
  };
  const issued = async (path: string) =>
    machine.sh(
      `openssl x509 -in ${path} -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f`,
    );
  const current = () => issued('/var/lib/dockerctl/pki/certs/registry.test.crt');

  beforeAll(async () => {
    await must('issue', '--init', '--domain', 'registry.test', '--ip', '10.99.0.1');
  });

  describe("Harbor's proxy, a container with nginx", () => {
    const container = () => machine.sh('docker inspect -f "{{.Id}} {{.State.StartedAt}}" nginx');
    beforeAll(async () => {
      const { stdout } = await execa(NGINX_IMAGE, [], { encoding: 'buffer', maxBuffer: 1e8 });
      await machine.exec(['docker', 'import', '-', 'nginx-photon'], { input: stdout });
      await machine.write('/srv/nginx.conf', NGINX_CONF);
      await machine.write('/opt/harbor/harbor.yml', HARBOR);
      await machine.sh(`
        mkdir -p /data/secret/cert && cd /data/secret/cert
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 -subj /CN=old -keyout server.key -out server.crt 2>&1
        chown 10000:10000 server.* && chmod 600 server.*
        docker run -d --name nginx --network host --user 10000:10000 -v /data/secret/cert:/etc/cert \\
          -v /srv/nginx.conf:/etc/nginx.conf nginx-photon /usr/sbin/nginx -c /etc/nginx.conf -g 'daemon off;'
      `);
    });

    test('the running proxy presents the new certificate, without a restart', async () => {
      const [before, old] = [await container(), await served(8443)];
      await must('deploy', 'registry.test', '--harbor', '/opt/harbor');
      expect(await presents(8443, await current())).toBe(true);
      expect(await current()).not.toBe(old);
      expect(await container()).toBe(before);
      expect(await machine.sh('stat -c "%u %a" /data/secret/cert/server.key')).toBe('10000 600');
      expect(await machine.read('/opt/harbor/harbor.yml')).toBe(
        HARBOR.replace('/your/certificate/path', '/opt/harbor/tls/registry.test.crt').replace(
          '/your/private/key/path',
          '/opt/harbor/tls/registry.test.key',
        ),
      );
    });

    test('the second time changes nothing, and a renewal follows', async () => {
      expect(await must('deploy', 'registry.test', '--harbor', '/opt/harbor')).toMatch(
        /^Unchanged/u,
      );
      const old = await served(8443);
      await must('renew', 'registry.test');
      expect(await presents(8443, await current())).toBe(true);
      expect(await current()).not.toBe(old);
    });

    test('a proxy that does not take it over gets everything back as it was', async () => {
      const old = await served(8443);
      const files = () => machine.sh('sha256sum /data/secret/cert/* /opt/harbor/harbor.yml');
      const before = await files();
      // nginx keeps its old workers when it cannot read its configuration.
      await machine.sh(`cp /srv/nginx.conf /srv/good; echo 'no such directive;' >>/srv/nginx.conf`);
      await must('issue', '--force', '--domain', 'registry.test', '--domain', 'b.test');
      const ran = await certs(
        'deploy',
        'registry.test',
        '--harbor',
        '/opt/harbor',
        '--timeout',
        '3',
      );
      expect(ran.stderr).toContain('127.0.0.1:8443 still presents another certificate');
      expect(ran.status).toBe(4);
      expect(await files()).toBe(before);
      await machine.sh('cat /srv/good >/srv/nginx.conf');
      expect(await served(8443)).toBe(old);
    });
  });

  describe('docker-registry as a service', () => {
    beforeAll(async () => {
      // Debian's configuration asks for a password.
      await machine.sh(`
        sed -i '/^auth:/,/^health:/{/^health:/!d}' ${REGISTRY}
        systemctl unmask docker-registry
        systemctl start docker-registry
      `);
    });

    test('presents the new certificate', async () => {
      await must('deploy', 'registry.test', '--registry', REGISTRY);
      expect(await served(5000)).toBe(await current());
    });

    test('is left alone where another file than its own is given TLS', async () => {
      const since = 'systemctl show --value -p ActiveEnterTimestampMonotonic docker-registry';
      const before = await machine.sh(since);
      await machine.write('/srv/other.yml', 'version: 0.1\nhttp:\n  addr: :5999\n');
      const ran = await must('deploy', 'registry.test', '--registry', '/srv/other.yml');
      expect(ran).toContain('restart the registry');
      expect(await machine.sh(since)).toBe(before);
      await must('deploy', 'registry.test', '--registry', REGISTRY);
    });

    test('a registry that does not come up gets its old pair back, and serves it', async () => {
      const old = await served(5000);
      const before = await machine.sh(`sha256sum ${REGISTRY} /etc/docker/registry/tls/*`);
      await must('issue', '--force', '--domain', 'registry.test', '--domain', 'c.test');
      // A registry that refuses to start with any pair but the old one.
      await machine.write(
        '/etc/systemd/system/docker-registry.service.d/check.conf',
        `[Service]\nExecStartPre=/bin/sh -c 'sha256sum -c --quiet /srv/only'\n`,
      );
      await machine.sh('sha256sum /etc/docker/registry/tls/* >/srv/only; systemctl daemon-reload');
      const ran = await certs('deploy', 'registry.test', '--registry', REGISTRY, '--timeout', '5');
      expect(ran.status).toBe(4);
      expect(await machine.sh(`sha256sum ${REGISTRY} /etc/docker/registry/tls/*`)).toBe(before);
      expect(await served(5000)).toBe(old);
    });
  });
});
