/** Files of the consumers' own, in which they are told whom to trust and how. Each may be missing. */
export const BUILDKITD = '/etc/buildkit/buildkitd.toml';
export const CONTAINERD_CONFIG = '/etc/containerd/config.toml';
export const REGISTRIES_CONF = '/etc/containers/registries.conf';
export const REGISTRIES_CONF_D = '/etc/containers/registries.conf.d';
export const REGISTRIES_YAML = [
  '/etc/rancher/k3s/registries.yaml',
  '/etc/rancher/rke2/registries.yaml',
] as const;

export const OWN_FILES: readonly string[] = [
  BUILDKITD,
  CONTAINERD_CONFIG,
  REGISTRIES_CONF,
  REGISTRIES_CONF_D,
  ...REGISTRIES_YAML,
];
