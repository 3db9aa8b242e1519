import type { Defect } from './defect.js';

/** A daemon.json that was written by hand; dockerd was not told. */
function file(code: string, text: string, more: Partial<Defect> = {}): Defect {
  return { code, seed: `cat >/etc/docker/daemon.json <<'JSON'\n${text}\nJSON\n`, ...more };
}

const BEFORE_23 = { except: ['20.10'] };

export const CONFIG_DEFECTS: readonly Defect[] = [
  file('comment', '{\n  # the mirror of the house\n  "labels": ["a=b"]\n}', { fast: true }),
  file('trailing-comma', '{"insecure-registries": ["http://localhost:5000",]}', { fast: true }),
  file('smart-quotes', '{“debug”: true}'),
  file('truncated', '{"debug": true'),
  file('yaml', 'debug: true'),
  file('unknown-key', '{"registry-mirors": []}', { fast: true }),
  file('flag-name-as-key', '{"registry-mirror": ["https://mirror.test"]}'),
  file('proxy-outside-proxies', '{"http-proxy": "http://proxy.test:3128"}', BEFORE_23),
  file('ignored-object', '{"registry": {"insecure-registries": []}}'),
  file('duplicate-key', '{"debug": true, "debug": false}'),
  file('wrong-type', '{"debug": "true"}'),
  file('flag-and-file', '{"hosts": []}'),
  file('tls-half', '{"tls": true}'),
  file('bad-value', '{"default-ipc-mode": "nobody"}'),
  file('bad-insecure-registry', '{"insecure-registries": ["registry.test:5000/"]}'),
  file('insecure-everything', '{"insecure-registries": ["0.0.0.0/0"]}'),
  file('insecure-docker-hub', '{"insecure-registries": ["docker.io"]}'),
  file('insecure-registry-scheme', '{"insecure-registries": ["http://registry.test:5000"]}'),
  file('bad-mirror', '{"registry-mirrors": ["mirror.test"]}', { fast: true }),
  file('useless-mirror', '{"registry-mirrors": ["https://mirror.test:99999"]}'),
  file('bad-label', '{"labels": ["without-a-value"]}'),
  file('bad-runtime', '{"default-runtime": "nope"}'),
  file('missing-program', '{"runtimes": {"own": {"path": "/usr/bin/not-there"}}}'),
  file('bad-log-driver', '{"log-driver": "nope"}'),
  file('bad-log-option', '{"log-opts": {"nope": "1"}}'),
  file('storage-option', '{"storage-opts": ["overlay2.override_kernel_check=true"]}', BEFORE_23),
  file('storage-driver', '{"storage-driver": "nope"}'),
  file('missing-file', '{"seccomp-profile": "/etc/docker/not-there.json"}'),
  file('bad-size', '{"default-shm-size": "big"}'),
  file('bad-address', '{"bip": "bridge"}'),
  file('unknown-feature', '{"features": {"buildkitt": true}}'),
];
