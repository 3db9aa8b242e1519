import type { HintCase } from './typed.js';

const DECLARED = '/etc/dockerctl/dockerctl.json5';
const declare = (text: string) => `mkdir -p /etc/dockerctl; echo '${text}' >${DECLARED}`;

/** What configuration, declaration, agent, service and the files below them say. */
export const MACHINE_HINTS: readonly HintCase[] = [
  { run: 'dockerctl config show nosuchkey' },
  { run: 'dockerctl config get nosuchkey' },
  { run: 'dockerctl config get mtu' },
  { run: 'dockerctl config set mtu banana' },
  { run: 'dockerctl config set mtu' },
  { run: 'dockerctl config set nosuchkey 1' },
  { run: 'dockerctl config set labels a' },
  { run: 'dockerctl config set log-opts x', values: { NAME: 'max-size', TEXT: '10m' } },
  { run: 'dockerctl config set default-ulimits.nofile 5' },
  { run: 'dockerctl config set debug maybe' },
  { run: 'dockerctl config set log-level loud' },
  { run: 'dockerctl config import-flags nosuch' },
  { run: 'dockerctl config rollback 77' },
  { run: 'dockerctl config rollback' },
  { run: 'dockerctl config diff nosuch' },
  {
    before: 'echo "{ bad" >/etc/docker/daemon.json',
    run: 'dockerctl config set debug true',
  },
  {
    before: 'echo "{ \\"debug\\": true, }" >/etc/docker/daemon.json',
    run: 'dockerctl config validate',
  },
  {
    before: 'echo "{ bad" >/etc/docker/daemon.json',
    run: 'dockerctl doctor',
    except: /^dockerctl daemon restart$/,
  },
  {
    before: 'head -c 17000000 /dev/zero >/etc/docker/daemon.json',
    run: 'dockerctl config set debug true',
  },
  {
    before: 'rm /etc/docker/daemon.json; mkdir /etc/docker/daemon.json',
    run: 'dockerctl config set debug true',
  },
  {
    before: 'rm /etc/docker/daemon.json; mkfifo /etc/docker/daemon.json',
    run: 'dockerctl config show',
  },
  {
    before: 'rm /etc/docker/daemon.json; ln -s /nowhere /etc/docker/daemon.json',
    run: 'dockerctl config set debug true',
  },
  {
    before: 'rm /etc/docker/daemon.json; ln -s daemon.json /etc/docker/daemon.json',
    run: 'dockerctl config set debug true',
  },
  { run: 'dockerctl runtime add runc' },
  { run: 'dockerctl runtime add kata --path /nowhere', values: { NAME: 'kata' } },
  { run: 'dockerctl runtime set-default nosuch' },
  { run: 'dockerctl cgroup set nosuch' },
  { run: 'dockerctl explain nosuch' },
  { run: 'dockerctl drift' },
  { run: 'dockerctl apply' },
  { run: 'dockerctl confirm' },
  { run: 'dockerctl pause' },
  { run: 'dockerctl service install' },
  { before: declare('{ daemon: { debug: tru } }'), run: 'dockerctl drift' },
  {
    before: declare('{ daemon: { debug: true }, daemon: { debug: false } }'),
    run: 'dockerctl drift',
  },
  { before: declare('{ daemon: { nosuch: true } }'), run: 'dockerctl apply' },
  { before: declare('{ daemon: { debug: true } }'), run: 'dockerctl drift' },
  { before: declare('{ daemon: { debug: true } }'), run: 'dockerctl adopt' },
  {
    before: declare('{ daemon: { debug: true }, drift: { window: "nonsense" } }'),
    run: 'dockerctl drift',
  },
  {
    before: declare('{ agent: { listen: "0.0.0.0:9323" } }'),
    run: 'dockerctl drift',
  },
  { run: 'dockerctl watch --listen 0.0.0.0:9323', except: /--listen/ },
  { before: `mkdir -p ${DECLARED}`, run: 'dockerctl drift' },
  {
    before: `mkdir -p /etc/dockerctl; ln -s /nowhere ${DECLARED}`,
    run: 'dockerctl drift',
  },
  {
    before: `mkdir -p /etc/dockerctl; head -c 17000000 /dev/zero >${DECLARED}`,
    run: 'dockerctl drift',
  },
  {
    before: 'mkdir -p /etc/dockerctl; chown nobody /etc/dockerctl',
    run: 'dockerctl adopt',
  },
  {
    before: 'mkdir -p /var/lib/dockerctl; chown nobody /var/lib/dockerctl',
    run: 'dockerctl config set debug true',
  },
  {
    before:
      'mkdir -p /var/lib; mkdir -p /home/x; chown nobody /home/x; ln -sfn /home/x /var/lib/dockerctl',
    run: 'dockerctl config set debug true',
  },
  { run: 'dockerctl status --root /nowhere' },
  { before: 'echo x >r', run: 'dockerctl report --from r --html r.html' },
  { run: 'dockerctl certs nosuch' },
  { run: 'dockerctl nosuch' },
  { run: 'dockerctl config sett debug true' },
  {
    before: 'systemctl mask --runtime docker.service',
    run: 'dockerctl daemon restart',
    cured: true,
  },
  { before: 'systemctl stop docker docker.socket', run: 'dockerctl daemon reload' },
  { before: 'systemctl stop docker docker.socket', run: 'dockerctl doctor' },
  { before: 'systemctl disable docker.service docker.socket', run: 'dockerctl doctor' },
];
