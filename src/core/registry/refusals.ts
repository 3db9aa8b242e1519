import { trimEndOf } from '../text/trim-end.js';
import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { isDockerHub } from '../dockerd/options/docker-hub.js';

/** `text` as typed, `bare` without scheme and path, `tail` the path that was cut off. */
interface CheckedAddress {
  readonly text: string;
  readonly bare: string;
  readonly tail: string;
}

export interface AddressRefusal {
  readonly applies: (candidate: CheckedAddress) => boolean;
  readonly reason: string;
  /** What to type instead, from the bare name. */
  readonly hint: (bare: string) => string;
}

const EXAMPLE = 'write it as in an image name: registry.example.com:5000';
const hostOf = (bare: string) => bare.replace(/:\d*$/, '');
const labels = (bare: string) => hostOf(bare).split('.');
const write = (name: string) => `write ${name}`;

/** In this order: the first that applies is the reason. A row beats a branch. */
export const REFUSALS: readonly AddressRefusal[] = [
  {
    applies: ({ text }) => text.trim() === '',
    reason: 'it is empty',
    hint: () => EXAMPLE,
  },
  {
    // Before all others: some of their patterns take the square of the length.
    applies: ({ text }) => text.length > 1000,
    reason: 'a host name has at most 253 letters',
    hint: () => EXAMPLE,
  },
  {
    applies: ({ text }) =>
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\ufeff]/.test(text.trim()),
    reason: 'it has a character that cannot be seen',
    hint: () => 'type the name instead of pasting it',
  },
  {
    applies: ({ text }) => /\s/.test(text),
    reason: 'it has a space in it',
    hint: (bare) => write(bare.replace(/\s+/g, '')),
  },
  {
    applies: ({ bare }) => bare.includes('@'),
    reason: 'user name and password do not belong in it',
    hint: (bare) =>
      `write ${bare.replace(/^.*@/, '')} here, and log in with: \`docker login ${bare.replace(/^.*@/, '')}\``,
  },
  {
    applies: ({ text }) =>
      /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^(?:https?|docker|oci):/i.test(text),
    reason: 'registries are reached by https or http only',
    hint: () => EXAMPLE,
  },
  {
    applies: ({ text }) => text.includes('..') || text.includes('\\'),
    reason: 'it would lead out of the certs.d folder',
    hint: () => EXAMPLE,
  },
  {
    applies: ({ bare, tail }) =>
      /^\/\d+$/.test(tail) &&
      Number(tail.slice(1)) > (isIPv4(bare) ? 32 : isIPv6(bare) ? 128 : NaN),
    reason: 'the prefix of a network is at most /32, of IPv6 /128',
    hint: (bare) => `write a shorter prefix, like ${bare}/${isIPv6(bare) ? 64 : 24}`,
  },
  {
    applies: ({ bare, tail }) => /^\/\d{1,3}$/.test(tail) && (isIPv4(bare) || isIPv6(bare)),
    reason: 'it is a network, and trust is given to one registry at a time',
    hint: (bare) =>
      `name each registry, like ${isIPv6(bare) ? `[${bare}]` : bare}:5000; only \`dockerctl insecure add CIDR\` takes networks`,
  },
  {
    applies: ({ bare }) => isDockerHub(bare),
    reason: 'it is Docker Hub, for which dockerd never reads certs.d',
    hint: () =>
      '`dockerctl trust add-ca FILE` puts a CA where dockerd looks for Docker Hub: the system store',
  },
  {
    applies: ({ bare }) => bare.includes('*'),
    reason: 'dockerd compares whole names and knows no wildcards',
    hint: () => 'name each registry: registry.example.com:5000',
  },
  {
    applies: ({ bare }) => isIPv6(bare),
    reason: 'an IPv6 address stands in brackets',
    hint: (bare) => write(`[${bare}]`),
  },
  {
    applies: ({ bare }) => bare.startsWith('[') && !/^\[[0-9a-f:]+\](?::|$)/i.test(bare),
    reason: 'it is no IPv6 address that an image name can hold (no zone, no dotted form)',
    hint: () => 'write it like [2001:db8::1]:5000',
  },
  {
    applies: ({ bare }) => bare.startsWith('[') && !isIPv6(bare.slice(1, bare.indexOf(']'))),
    reason: 'there is no such IPv6 address',
    hint: () => 'write it like [2001:db8::1]:5000',
  },
  {
    applies: ({ bare }) => bare.endsWith(':'),
    reason: 'no port follows the colon',
    hint: (bare) => write(trimEndOf(bare, ':')),
  },
  {
    applies: ({ bare }) => hostOf(bare) === '',
    reason: 'the host is missing',
    hint: (bare) => write(`registry.example.com${bare}`),
  },
  {
    applies: ({ bare }) => !bare.startsWith('[') && bare.split(':').length > 2,
    reason: 'it has more than one colon',
    hint: () => 'write HOST:PORT, or an IPv6 address in brackets: [2001:db8::1]:5000',
  },
  {
    applies: ({ bare }) => /:(?!\d+$)[^\]:]*$/.test(bare),
    reason: 'what follows the colon is not a port',
    hint: (bare) => write(bare.replace(/:[^:]*$/, '')),
  },
  {
    applies: ({ bare }) => /:0\d*$/.test(bare),
    reason: 'a port has no zero in front, and is not 0',
    hint: (bare) => (/:0+$/.test(bare) ? EXAMPLE : write(bare.replace(/:0+/, ':'))),
  },
  {
    applies: ({ bare }) => Number(/:(\d+)$/.exec(bare)?.[1] ?? 1) > 65535,
    reason: 'a port is at most 65535',
    hint: () => EXAMPLE,
  },
  {
    // containerd alone reads `_default` and `host_5000_` (remotes/docker/config, hostPaths); docker login never does.
    applies: ({ bare }) => bare.includes('_'),
    reason: 'docker allows no underscore in the name of a registry',
    hint: (bare) => {
      const port = /^(.*[^_])_(\d+)_$/.exec(bare);
      return port === null
        ? 'give the host a name without underscores'
        : write(`${port[1] ?? ''}:${port[2] ?? ''}`);
    },
  },
  {
    applies: ({ bare }) => hostOf(bare).endsWith('.'),
    reason: 'docker allows no dot at the end',
    hint: (bare) => write(bare.replace(/\.(?=:|$)/, '')),
  },
  {
    applies: ({ bare }) => /[^\u0000-\u007f]/.test(bare),
    reason: 'docker takes ASCII names only',
    hint: (bare) => {
      const ascii = domainToASCII(hostOf(bare));
      return ascii === '' ? EXAMPLE : write(ascii + bare.slice(hostOf(bare).length));
    },
  },
  {
    applies: ({ bare }) => /[^A-Za-z0-9.:[\]-]/.test(bare),
    reason: 'a host has letters, digits, dots and hyphens only',
    hint: () => EXAMPLE,
  },
  {
    applies: ({ bare }) =>
      !bare.startsWith('[') && labels(bare).some((label) => label === '' || label.length > 63),
    reason: 'each part between dots has 1 to 63 letters',
    hint: () => EXAMPLE,
  },
  {
    applies: ({ bare }) => hostOf(bare).length > 253,
    reason: 'a host name has at most 253 letters',
    hint: () => EXAMPLE,
  },
  {
    applies: ({ bare }) =>
      !bare.startsWith('[') && labels(bare).some((label) => /^-|-$/.test(label)),
    reason: 'no part of a name begins or ends with a hyphen',
    hint: () => EXAMPLE,
  },
  {
    applies: ({ bare }) => /^[\d.]+$/.test(hostOf(bare)) && !isIPv4(hostOf(bare)),
    reason: 'it is no IPv4 address',
    hint: () => 'write it like 192.0.2.10:5000',
  },
  {
    applies: ({ bare, tail }) => tail.length > 1 && !/[.:]/.test(bare) && bare !== 'localhost',
    reason: 'it is the name of an image on Docker Hub',
    hint: () => EXAMPLE,
  },
];
