import type { HintCase } from './typed.js';

const CA = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=Test -keyout ca.key -out ca.crt 2>/dev/null`;
const LEAF = `${CA}; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=a.test -CA ca.crt -CAkey ca.key -addext basicConstraints=critical,CA:false -keyout leaf.key -out leaf.crt 2>/dev/null`;
const FOLDER = '/etc/docker/certs.d/a.test:5000';
const add = 'dockerctl trust add-registry a.test:5000 --to docker';

/** What trust, mirrors and insecure registries say. */
export const TRUST_HINTS: readonly HintCase[] = [
  { before: LEAF, run: `${add} --ca leaf.crt`, except: /--fetch/ },
  {
    before: `${CA}; dockerctl certs init >/dev/null; dockerctl certs issue --domain a.test >/dev/null`,
    run: `${add} --ca /var/lib/dockerctl/pki/certs/a.test.crt`,
    except: /--fetch/,
  },
  { before: CA, run: `${add} --ca ca.key` },
  { before: CA, run: `${add} --ca nosuch` },
  { before: CA, run: `${add} --ca /root/w` },
  { before: `${CA}; ln -s x x`, run: `${add} --ca x` },
  { before: `${CA}; mkfifo x`, run: `${add} --ca x` },
  { before: `${CA}; head -c 20000000 /dev/zero >x`, run: `${add} --ca x` },
  {
    before: CA,
    run: 'dockerctl trust add-registry docker.io --ca ca.crt --to docker',
  },
  { before: CA, run: 'dockerctl trust add-registry docker.io' },
  {
    before: CA,
    run: 'dockerctl trust add-registry https://a.test:5000 --ca ca.crt',
    except: /--to (?:podman|containerd)/,
  },
  {
    before: CA,
    run: 'dockerctl trust add-registry 10.0.0.0/8 --ca ca.crt',
  },
  { before: CA, run: "dockerctl trust add-registry '*.a.test' --ca ca.crt" },
  { before: CA, run: 'dockerctl trust add-registry 2001:db8::1 --ca ca.crt' },
  {
    before: CA,
    run: 'dockerctl trust add-registry a.test:5000 --ca ca.crt --client-cert ca.crt --client-key nosuch',
  },
  {
    before: LEAF,
    run: `${add} --ca ca.crt --client-cert leaf.crt --client-key ca.key`,
  },
  {
    before: `${LEAF}; openssl pkey -in leaf.key -aes256 -passout pass:x -out locked.key`,
    run: `${add} --ca ca.crt --client-cert leaf.crt --client-key locked.key`,
    except: /openssl pkey -in/,
  },
  { before: LEAF, run: `${add} --ca leaf.key` },
  { run: 'dockerctl trust add-ca nosuch' },
  {
    before: `${CA}; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj / -keyout k -out n.crt 2>/dev/null`,
    run: 'dockerctl trust add-ca n.crt --name ../x',
    values: { FILE: 'n.crt' },
  },
  { run: 'dockerctl trust remove-ca nosuch' },
  { run: 'dockerctl trust verify', except: /registry.example.com/ },
  { run: 'dockerctl trust verify nosuch.test:5000' },
  {
    before: `${LEAF}; mkdir -p ${FOLDER}; cp leaf.key ${FOLDER}/client.key`,
    run: 'dockerctl doctor',
  },
  {
    before: `${LEAF}; mkdir -p ${FOLDER}; cp leaf.crt ${FOLDER}/client.cert`,
    run: 'dockerctl doctor',
  },
  {
    before: `${LEAF}; mkdir -p ${FOLDER}; cp leaf.crt ${FOLDER}/client.cert; cp leaf.key ${FOLDER}/client.key; chmod 644 ${FOLDER}/client.key`,
    run: 'dockerctl doctor',
  },
  {
    before: `${LEAF}; mkdir -p ${FOLDER}; cat ca.crt ca.key >${FOLDER}/ca.crt`,
    run: 'dockerctl doctor',
  },
  {
    before: `${CA}; mkdir -p ${FOLDER}; cp ca.crt ${FOLDER}/ca.cert`,
    run: 'dockerctl doctor',
  },
  {
    before: `${CA}; mkdir -p ${FOLDER}; cp ca.crt ${FOLDER}/ca.pem`,
    run: 'dockerctl doctor',
  },
  { before: `${CA}; mkdir -p ${FOLDER}; : >${FOLDER}/ca.crt`, run: 'dockerctl doctor' },
  {
    before: `${CA}; mkdir -p ${FOLDER}; ln -s /nowhere ${FOLDER}/ca.crt`,
    run: 'dockerctl doctor',
  },
  {
    before: `${CA}; mkdir -p /etc/docker/certs.d/https:; cp ca.crt /etc/docker/certs.d/https:/ca.crt`,
    run: 'dockerctl doctor',
  },
  {
    before: `${CA}; mkdir -p /etc/docker/certs.d; cp ca.crt /etc/docker/certs.d/ca.crt`,
    run: 'dockerctl doctor',
  },
  {
    before: `${CA}; mkdir -p /etc/docker/certs.d/a.test:5000/x`,
    run: 'dockerctl doctor',
  },
  {
    before: `${LEAF}; mkdir -p ${FOLDER}; cp leaf.crt ${FOLDER}/ca.crt`,
    run: 'dockerctl doctor',
    except: /--fetch/,
  },
  { run: 'dockerctl mirrors set --for docker.io' },
  { run: 'dockerctl mirrors set --for ghcr.io https://m.test --to docker' },
  { run: 'dockerctl mirrors add ftp://m.test' },
  { run: "dockerctl insecure add '*'" },
];
