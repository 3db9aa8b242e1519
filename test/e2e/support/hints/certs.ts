import type { HintCase } from './typed.js';

const PKI = '/var/lib/dockerctl/pki';
const AUTHORITY = 'dockerctl certs init >/dev/null';
const ISSUED = `${AUTHORITY}; dockerctl certs issue --domain a.test >/dev/null`;

/** What the authority and its certificates say. */
export const CERTS_HINTS: readonly HintCase[] = [
  { run: 'dockerctl certs list', cured: true },
  { run: 'dockerctl certs issue --domain a.test' },
  { run: 'dockerctl certs crl', cured: true },
  { run: 'dockerctl certs check' },
  {
    run: 'dockerctl certs export a.test --format pem --out /root/w/o',
  },
  { before: AUTHORITY, run: 'dockerctl certs init' },
  {
    before: AUTHORITY,
    run: 'dockerctl certs export nosuch --format pem',
  },
  { before: ISSUED, run: 'dockerctl certs issue --domain b.test --name a.test' },
  { before: `${ISSUED}; rm ${PKI}/certs/a.test.crt`, run: 'dockerctl certs issue --domain a.test' },
  { before: `${ISSUED}; rm ${PKI}/ca.crt`, run: 'dockerctl certs check', except: /install -m 644/ },
  {
    before: `${ISSUED}; rm ${PKI}/ca.key`,
    run: 'dockerctl certs issue --domain b.test',
    except: /media/,
  },
  {
    before: `${ISSUED}; : >${PKI}/ca.crt`,
    run: 'dockerctl certs list',
    values: { FILE: '/etc/ssl/certs/ca-certificates.crt' },
  },
  { before: `${ISSUED}; ln -sf /nowhere ${PKI}/ca.crt`, run: 'dockerctl certs list' },
  {
    before: `${ISSUED}; dockerctl certs revoke a.test >/dev/null`,
    run: 'dockerctl certs renew a.test',
  },
  {
    before: 'dockerctl certs init --permit a.test >/dev/null',
    run: 'dockerctl certs issue --domain b.test',
    values: { DIR: '/root/w/pki' },
  },
  { before: AUTHORITY, run: 'dockerctl certs issue --domain a.test --days 40000' },
  {
    before: AUTHORITY,
    run: 'dockerctl certs issue --ip 10.0.0.0/8',
  },
  { before: AUTHORITY, run: 'dockerctl certs issue --domain http://a.test' },
  { run: 'dockerctl certs init --days 3000 --key-type rsa-1024' },
  {
    before: `${AUTHORITY}; echo nonsense >x.csr`,
    run: 'dockerctl certs sign x.csr',
  },
  {
    before: `${AUTHORITY}; openssl req -new -newkey rsa:1024 -nodes -subj /CN=a.test -keyout k -out x.csr 2>/dev/null`,
    run: 'dockerctl certs sign x.csr --domain a.test',
  },
  {
    run: 'dockerctl certs inspect',
    values: { FILE: '/etc/ssl/certs/ca-certificates.crt' },
  },
  {
    before: 'echo x >f',
    run: 'dockerctl certs inspect f',
    values: { FILE: '/etc/ssl/certs/ca-certificates.crt' },
  },
  {
    before: ISSUED,
    run: 'dockerctl certs deploy',
  },
  {
    before: ISSUED,
    run: 'dockerctl certs targets remove a.test /nowhere',
  },
  {
    before: `${ISSUED}; mkdir t; dockerctl certs deploy a.test --to /root/w/t >/dev/null`,
    run: 'dockerctl certs targets remove',
    values: { NAME: 'a.test', PATH: '/root/w/t' },
  },
  {
    before: `${ISSUED}; dockerctl certs deploy a.test --to /root/w/t >/dev/null; rm -r t; echo x >t`,
    run: 'dockerctl certs renew a.test',
  },
  { before: ISSUED, run: 'dockerctl certs sign' },
  { before: `${AUTHORITY}; mkdir f`, run: 'dockerctl certs inspect f' },
  { before: `${AUTHORITY}; mkdir f`, run: 'dockerctl certs verify f' },
  { before: `${AUTHORITY}; ln -s f f`, run: 'dockerctl certs verify f' },
  { before: AUTHORITY, run: 'dockerctl certs issue --email nobody' },
  { before: AUTHORITY, run: "dockerctl certs issue --domain 'a.*.test'" },
  { before: AUTHORITY, run: 'dockerctl certs issue --domain .a.test' },
  { before: AUTHORITY, run: 'dockerctl certs issue --domain a.test:5000' },
  { before: AUTHORITY, run: 'dockerctl certs issue --domain a_b.test.' },
  {
    before: AUTHORITY,
    run: 'dockerctl certs issue --domain a.test --subject nonsense',
  },
  { before: AUTHORITY, run: 'dockerctl certs issue --domain a.test --days 0' },
];
