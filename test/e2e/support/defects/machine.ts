import type { Defect } from './defect.js';

const client = (json: string, mode = '600'): string =>
  `mkdir -p /root/.docker; echo '${json}' >/root/.docker/config.json; chmod ${mode} /root/.docker/config.json`;
const mirrors = (url: string): string =>
  `echo '{"registry-mirrors": ["${url}"]}' >/etc/docker/daemon.json; systemctl reload docker`;

export const MACHINE_DEFECTS: readonly Defect[] = [
  {
    code: 'insecure-port',
    seed: `${client('{"auths": {"registry.test:8002": {}}}')}; dockerctl insecure add registry.test:8003`,
  },
  {
    code: 'insecure-without-need',
    deep: true,
    seed: `
      mkdir -p /etc/docker/certs.d/registry.test:5443; cp /srv/lab/ca.crt /etc/docker/certs.d/registry.test:5443/
      dockerctl insecure add registry.test:5443`,
  },
  {
    code: 'registry-speaks-http',
    deep: true,
    seed: 'mkdir -p /etc/docker/certs.d/registry.test:5000; cp /srv/lab/ca.crt /etc/docker/certs.d/registry.test:5000/',
  },
  { code: 'mirror-is-console', seed: mirrors('https://cr.console.aliyun.com'), fast: true },
  { code: 'mirror-retired', seed: mirrors('https://registry.docker-cn.com') },
  { code: 'mirror-dead', deep: true, seed: mirrors('http://mirror.test:5999'), fast: true },
  {
    code: 'mirror-login-unused',
    seed: `${client('{"auths": {"mirror.test:5443": {}}}')}; ${mirrors('https://mirror.test:5443')}`,
  },
  {
    code: 'mirror-gets-hub-login',
    seed: `${client('{"auths": {"https://index.docker.io/v1/": {}}}')}; ${mirrors('http://mirror.test:5000')}`,
  },
  {
    code: 'credentials-in-plain-text',
    seed: client('{"auths": {"registry.test:5443": {"auth": "bWU6c2VjcmV0"}}}'),
    fast: true,
  },
  {
    code: 'credentials-readable',
    seed: client('{"auths": {"registry.test:5443": {"auth": "bWU6c2VjcmV0"}}}', '644'),
  },
  { code: 'client-config-broken', seed: client('{"auths": {'), fast: true },
  { code: 'credential-helper-missing', seed: client('{"credsStore": "desktop"}') },
  {
    code: 'client-context-missing',
    seed: client('{"currentContext": "desktop-linux"}'),
    fast: true,
  },
  {
    code: 'client-elsewhere',
    seed: 'docker context create far --docker host=tcp://203.0.113.1:2376; docker context use far',
  },
  {
    code: 'cgroup-driver-kubelet',
    seed: `
      mkdir -p /var/lib/kubelet
      printf 'kind: KubeletConfiguration\\ncgroupDriver: cgroupfs\\n' >/var/lib/kubelet/config.yaml`,
  },
  {
    code: 'cgroup-driver-cgroupfs',
    seed: `echo '{"exec-opts": ["native.cgroupdriver=cgroupfs"]}' >/etc/docker/daemon.json; systemctl restart docker`,
  },
  {
    code: 'disk-low',
    seed: `
      mkdir -p /mnt/small; mount -t tmpfs -o size=300m tmpfs /mnt/small
      echo '{"data-root": "/mnt/small"}' >/etc/docker/daemon.json; systemctl restart docker
      mkdir /mnt/filler; head -c 120M /dev/urandom >/mnt/filler/random
      tar -C /mnt/filler -c . | docker import - filler:1; rm -r /mnt/filler`,
  },
  { code: 'containerd-down', seed: 'systemctl stop containerd', fast: true },
  {
    code: 'containerd-config-broken',
    seed: "echo '[plugins' >>/etc/containerd/config.toml",
    fast: true,
  },
  {
    code: 'containerd-config-conflict',
    seed: `cat >/etc/containerd/config.toml <<'TOML'
version = 2

[plugins."io.containerd.grpc.v1.cri".registry]
  config_path = "/etc/containerd/certs.d"
  [plugins."io.containerd.grpc.v1.cri".registry.mirrors."registry.test:5000"]
    endpoint = ["http://registry.test:5000"]
TOML
`,
  },
  {
    code: 'agent-not-installed',
    seed: `mkdir -p /etc/dockerctl; echo '{ registries: {} }' >/etc/dockerctl/dockerctl.json5`,
  },
  {
    code: 'agent-down',
    seed: `
      mkdir -p /etc/dockerctl; echo '{ registries: {} }' >/etc/dockerctl/dockerctl.json5
      dockerctl service install; systemctl stop dockerctl`,
  },
  {
    code: 'agent-paused',
    seed: `
      mkdir -p /etc/dockerctl; echo '{ registries: {} }' >/etc/dockerctl/dockerctl.json5
      dockerctl service install; dockerctl pause --reason maintenance`,
  },
];
