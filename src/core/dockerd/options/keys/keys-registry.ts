import { STRINGS, type KeySpec } from './key.js';

/** Registries, pulls and pushes (moby daemon/pkg/registry/config.go). */
export const REGISTRY_KEYS: readonly KeySpec[] = [
  {
    name: 'insecure-registries',
    shape: STRINGS,
    flag: 'insecure-registry',
    set: true,
    default: [],
    reload: { absent: 'sticks', clear: [] },
    proof: { info: '/RegistryConfig', as: 'insecure' },
  },
  {
    name: 'registry-mirrors',
    shape: STRINGS,
    flag: 'registry-mirror',
    default: [],
    reload: { absent: 'sticks', clear: [] },
    proof: { info: '/RegistryConfig/Mirrors', as: 'mirrors' },
  },
  {
    name: 'allow-nondistributable-artifacts',
    shape: STRINGS,
    ignored: '28..',
    flagEngines: '..28',
    set: true,
    default: [],
    reload: { engines: '..27', absent: 'sticks', clear: [] },
  },
  {
    name: 'max-concurrent-downloads',
    shape: 'integer',
    default: 3,
    reload: { absent: 'resets' },
    proof: { event: 'max-concurrent-downloads', as: 'text' },
  },
  {
    name: 'max-concurrent-uploads',
    shape: 'integer',
    default: 5,
    reload: { absent: 'resets' },
    proof: { event: 'max-concurrent-uploads', as: 'text' },
  },
  {
    name: 'max-download-attempts',
    shape: 'integer',
    default: 5,
    reload: { absent: 'resets' },
    proof: { event: 'max-download-attempts', as: 'text' },
  },
  {
    name: 'proxies',
    shape: { fields: { 'http-proxy': 'string', 'https-proxy': 'string', 'no-proxy': 'string' } },
    engines: '23..',
    notNull: true,
    // Its members have the flags --http-proxy, --https-proxy and --no-proxy: see flags.ts.
    flag: null,
    default: {},
  },
];
