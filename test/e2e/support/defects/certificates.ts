import type { Defect } from './defect.js';

const FOLDER = '/etc/docker/certs.d/registry.test:5443';
const STORE = '/usr/local/share/ca-certificates';
const folder = `mkdir -p ${FOLDER}; cd ${FOLDER};`;

export const CERTIFICATE_DEFECTS: readonly Defect[] = [
  {
    code: 'trust-not-a-folder',
    seed: `mkdir -p /etc/docker/certs.d; cp /srv/lab/ca.crt ${FOLDER}`,
  },
  {
    code: 'trust-ca-unreadable',
    seed: `${folder} openssl x509 -in /srv/lab/ca.crt -outform DER -out ca.crt`,
    fast: true,
  },
  {
    code: 'trust-ca-unreadable',
    seed: `${folder} printf '\\357\\273\\277' | cat - /srv/lab/ca.crt >ca.crt`,
  },
  { code: 'trust-key-inside', seed: `${folder} cat /srv/lab/ca.key /srv/lab/ca.crt >ca.crt` },
  { code: 'trust-ca-is-leaf', seed: `${folder} cp /srv/lab/registry.test.crt ca.crt` },
  { code: 'trust-ca-expired', seed: `${folder} cp /srv/lab/expired.crt ca.crt` },
  {
    code: 'trust-cert-without-key',
    seed: `${folder} cp /srv/lab/registry.test.crt registry.test.cert`,
    fast: true,
  },
  { code: 'trust-key-without-cert', seed: `${folder} cp /srv/lab/client.key client.key` },
  {
    code: 'trust-client-unreadable',
    seed: `${folder} install -m 600 /srv/lab/client.key client.key; echo none >client.cert`,
  },
  {
    code: 'trust-pair-mismatch',
    seed: `${folder} cp /srv/lab/client.crt client.cert; install -m 600 /srv/lab/registry.test.key client.key`,
  },
  {
    code: 'trust-server-key',
    seed: `${folder} cp /srv/lab/server.crt server.cert; install -m 600 /srv/lab/server.key server.key`,
  },
  {
    code: 'trust-key-readable',
    seed: `${folder} cp /srv/lab/client.crt client.cert; install -m 644 /srv/lab/client.key client.key`,
    fast: true,
  },
  { code: 'trust-file-ignored', seed: `${folder} cp /srv/lab/ca.crt ca.pem`, fast: true },
  {
    code: 'certs-file-loose',
    seed: 'mkdir -p /etc/docker/certs.d; cp /srv/lab/ca.crt /etc/docker/certs.d/',
  },
  {
    code: 'certs-folder-name',
    seed: `mkdir -p '/etc/docker/certs.d/https://registry.test:5443'; cp /srv/lab/ca.crt '/etc/docker/certs.d/https://registry.test:5443/'`,
    fast: true,
  },
  {
    code: 'certs-folder-port',
    seed: `
      mkdir -p /etc/docker/certs.d/registry.test /root/.docker
      cp /srv/lab/ca.crt /etc/docker/certs.d/registry.test/
      echo '{"auths": {"registry.test:5443": {}}}' >/root/.docker/config.json`,
  },
  {
    code: 'certs-folder-containerd-only',
    seed: 'mkdir -p /etc/docker/certs.d/registry.test_5443_; cp /srv/lab/ca.crt /etc/docker/certs.d/registry.test_5443_/',
  },
  { code: 'certs-link-broken', seed: `${folder} ln -s /srv/lab/renamed.crt ca.crt` },
  {
    code: 'certs-client-expired',
    seed: `${folder} cp /srv/lab/expired-client.crt client.cert; install -m 600 /srv/lab/expired-client.key client.key`,
  },
  {
    code: 'insecure-hides-certificates',
    seed: `${folder} cp /srv/lab/ca.crt .; dockerctl insecure add registry.test:5443`,
  },
  { code: 'anchor-not-compiled', seed: `cp /srv/lab/ca.crt ${STORE}/lab.crt`, fast: true },
  { code: 'anchor-ending', seed: `cp /srv/lab/ca.crt ${STORE}/lab.pem` },
  {
    code: 'anchor-der',
    seed: `openssl x509 -in /srv/lab/ca.crt -outform DER -out ${STORE}/lab.crt`,
  },
  { code: 'anchor-bundle', seed: `cat /srv/lab/ca.crt /srv/other/ca.crt >${STORE}/lab.crt` },
  {
    code: 'anchor-expired',
    seed: `cp /srv/lab/expired.crt ${STORE}/lab.crt; update-ca-certificates`,
  },
  {
    code: 'bundle-edited',
    seed: 'cat /srv/lab/ca.crt >>/etc/ssl/certs/ca-certificates.crt',
    fast: true,
  },
  {
    code: 'store-newer-than-daemon',
    seed: `cp /srv/lab/ca.crt ${STORE}/lab.crt; update-ca-certificates`,
  },
  {
    code: 'store-not-read',
    seed: `
      cp /etc/ssl/certs/ca-certificates.crt /srv/own.pem
      mkdir -p /etc/systemd/system/docker.service.d
      printf '[Service]\\nEnvironment=SSL_CERT_FILE=/srv/own.pem SSL_CERT_DIR=/srv/none\\n' >/etc/systemd/system/docker.service.d/certs.conf
      cp /srv/lab/ca.crt ${STORE}/lab.crt; update-ca-certificates
      systemctl daemon-reload; systemctl restart docker`,
  },
  {
    code: 'certificate-expired',
    seed: `
      dockerctl certs init
      dockerctl certs issue --domain old.test
      cd /var/lib/dockerctl/pki
      expired certs/old.test.key ca.crt ca.key /CN=old.test >certs/old.test.crt
      rm -f index.json`,
  },
];
