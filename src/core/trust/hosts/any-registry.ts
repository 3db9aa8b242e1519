/** The folder in certs.d that stands for every registry that has none of its own (containerd docs/hosts.md). */
export const ANY_REGISTRY = '_default';
