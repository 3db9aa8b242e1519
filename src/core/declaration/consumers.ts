/** Who may be declared to trust a registry. The stores of Java and NSS ask for passwords and homes: they are not among them. */
export const DECLARED_CONSUMERS = [
  'docker',
  'containerd',
  'podman',
  'buildkit',
  'k3s',
  'system',
] as const;

export type DeclaredConsumer = (typeof DECLARED_CONSUMERS)[number];

/** Where nothing is said. */
export const DEFAULT_CONSUMERS: readonly DeclaredConsumer[] = ['docker'];
