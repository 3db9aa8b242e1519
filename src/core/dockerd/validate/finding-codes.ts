import { EFFECT_CODES } from './effect-codes.js';
import type { FindingCode } from './finding-code.js';

/**
 * What can be wrong with a readable daemon.json. Codes are stable and never reused. What makes a file unreadable
 * is in json/mistakes/problem-table.ts.
 */
export const CONFIG_FINDING_CODES = {
  'unknown-key': {
    severity: 'error',
    meaning: 'No engine knows the key. dockerd does not start with one.',
    advice: 'Correct the spelling or remove the key.',
  },
  'key-of-other-engine': {
    severity: 'error',
    meaning: 'The key is known, but not to this engine: it came later or has been removed.',
    advice: 'Remove it, or use the key that took its place.',
  },
  'flag-name-as-key': {
    severity: 'warning',
    meaning:
      'The name of a command-line flag stands where the key has another name. dockerd accepts it and ignores it.',
    advice: 'Use the name of the key.',
  },
  'proxy-outside-proxies': {
    severity: 'warning',
    meaning:
      'http-proxy, https-proxy or no-proxy stands at the top. dockerd accepts it there and ignores it.',
    advice: 'Move it into the object "proxies".',
  },
  'ignored-object': {
    severity: 'warning',
    meaning:
      'An object under an unknown name: dockerd looks at its members only and ignores their values.',
    advice: 'Move the members to the top, or remove the object.',
  },
  'ignored-key': {
    severity: 'warning',
    meaning: 'This engine accepts the key and does nothing with it.',
    advice: 'Remove it.',
  },
  'deprecated-key': {
    severity: 'warning',
    meaning: 'The key works, but a later engine refuses it.',
    advice: 'Remove it before the upgrade, or use what took its place.',
  },
  'duplicate-key': {
    severity: 'warning',
    meaning: 'The key stands twice. dockerd takes the last one; objects are merged.',
    advice: 'Join the two into one.',
  },
  'wrong-type': {
    severity: 'error',
    meaning: 'The value has another type than the key.',
    advice: 'Write the value in the type that the message names.',
  },
  'flag-and-file': {
    severity: 'error',
    meaning: 'The key is given in the file and as a flag of the unit, even with equal values.',
    advice:
      'Remove one of the two; `dockerctl config import-flags KEY` moves the flag into the file, where two lists become one.',
  },
  'bad-flag': {
    severity: 'error',
    meaning: 'The command line holds a word that is no flag of dockerd.',
    advice: 'Correct the unit or the file with its options.',
  },
  'bad-flag-value': {
    severity: 'error',
    meaning: 'A flag has a value that dockerd does not take, or none where it needs one.',
    advice: 'Correct it in the file that the message names.',
  },
  'flag-of-other-engine': {
    severity: 'error',
    meaning: 'The flag is known, but not to this engine: it came later or has been removed.',
    advice: 'Remove it, or use the flag that took its place.',
  },
  'flag-swallows-flag': {
    severity: 'error',
    meaning:
      'A flag without its value takes the next flag for it, as in `-H --insecure-registry host`.',
    advice: 'Remove the flag that has no value, or give it one.',
  },
  'exclusive-keys': {
    severity: 'error',
    meaning: 'Two keys exclude each other.',
    advice: 'Remove one of them.',
  },
  'bad-value': {
    severity: 'error',
    meaning: 'dockerd does not take this value.',
    advice: 'Use one of the values that the message names.',
  },
  'bad-insecure-registry': {
    severity: 'error',
    meaning: 'An entry of insecure-registries is neither host, host:port nor an address block.',
    advice: 'Write host:port, as it stands before the first / of an image name.',
  },
  'insecure-registry-scheme': {
    severity: 'info',
    meaning:
      'An entry of insecure-registries has http:// or https://, which dockerd strips with a warning.',
    advice: 'Write host:port alone.',
  },
  'insecure-everything': {
    severity: 'warning',
    meaning: 'The block makes every registry insecure: no certificate is ever checked.',
    advice: 'Name the registries one by one, or trust their CA instead.',
  },
  'insecure-docker-hub': {
    severity: 'warning',
    meaning: 'Docker Hub cannot be made insecure: the entry does nothing.',
    advice: 'Remove it; for an intercepting proxy add its CA to the system trust store.',
  },
  'bad-mirror': {
    severity: 'error',
    meaning: 'A registry mirror is not a URL that dockerd takes.',
    advice: 'Write https://host, without user, query or fragment.',
  },
  'useless-mirror': {
    severity: 'warning',
    meaning: 'dockerd starts, but this mirror can never answer.',
    advice: 'Correct the URL or remove it.',
  },
  'mirror-retired': {
    severity: 'warning',
    meaning:
      'A mirror is one that guides still name and that was shut down, or serves one network alone: each pull waits for it.',
    advice: 'Remove it.',
  },
  'bad-host': {
    severity: 'error',
    meaning: 'An entry of hosts is not an address that dockerd can listen on.',
    advice: 'Use unix:///path, tcp://address:port or fd://.',
  },
  'open-api': {
    severity: 'warning',
    meaning:
      'The API listens on tcp without client certificates: whoever reaches the port is root on this machine; of 127.0.0.1 that is each of its users and programs.',
    advice: 'Use tlsverify with certificates, or ssh, or the socket alone.',
  },
  'tls-half': {
    severity: 'warning',
    meaning: 'The tls settings do not do what they seem to say.',
    advice: 'Set tlsverify true with tlscacert, tlscert and tlskey, or remove them all.',
  },
  'bad-label': {
    severity: 'error',
    meaning: 'A label is not key=value, is in a reserved name space, or conflicts with another.',
    advice: 'Write key=value, each key once.',
  },
  'bad-address': {
    severity: 'error',
    meaning: 'The value is not the IP address or block that the key needs.',
    advice: 'Write an address such as 10.0.0.1, or a block such as 10.0.0.0/24.',
  },
  'bad-network': {
    severity: 'error',
    meaning: 'Network settings that cannot work together.',
    advice: 'Follow the message.',
  },
  'bad-runtime': {
    severity: 'error',
    meaning:
      'A runtime is declared in a way that dockerd refuses, or the default runtime is not declared.',
    advice: 'Give each runtime either a path or a runtimeType.',
  },
  'missing-program': {
    severity: 'warning',
    meaning:
      'A program that the file names is not on this machine: containers that use it will not start, and with a default runtime that has arguments dockerd does not either.',
    advice: 'Install it or correct the path.',
  },
  'bad-log-driver': {
    severity: 'error',
    meaning:
      'This engine has no logging driver of that name. Without log-opts it starts, and no container does.',
    advice: 'Use one of the drivers that docker info lists.',
  },
  'log-size-in-bytes': {
    severity: 'warning',
    meaning: 'A max-size without a unit is a number of bytes: nothing of the log is kept.',
    advice: 'Write the unit: "10m".',
  },
  'bad-log-option': {
    severity: 'error',
    meaning: 'The logging driver does not know the option, or not with this value.',
    advice: 'Remove it, or use the option that the message names.',
  },
  'storage-driver': {
    severity: 'error',
    meaning: 'The storage driver was removed from this engine or does not work on this machine.',
    advice: 'Use overlay2, or remove the key.',
  },
  'storage-option': {
    severity: 'error',
    meaning: 'The storage driver does not know the option.',
    advice: 'Remove it.',
  },
  'missing-file': {
    severity: 'error',
    meaning: 'A file that dockerd reads at start does not exist.',
    advice: 'Create it or correct the path.',
  },
  'missing-account': {
    severity: 'error',
    meaning: 'A user or group that the file names does not exist.',
    advice: 'Create it or correct the name.',
  },
  'live-restore-swarm': {
    severity: 'error',
    meaning:
      'live-restore and swarm mode exclude each other; dockerd notices at the next start only.',
    advice: 'Set live-restore to false, or leave the swarm.',
  },
  'bad-size': {
    severity: 'error',
    meaning: 'The value is not a size.',
    advice: 'Write a number with a unit, as text: "64MiB", "10GB".',
  },
  'bad-builder': {
    severity: 'error',
    meaning: 'A setting of the builder that BuildKit refuses.',
    advice: 'Follow the message.',
  },
  ...EFFECT_CODES,
} as const satisfies Readonly<Record<string, FindingCode>>;

export type ConfigFindingCode = keyof typeof CONFIG_FINDING_CODES;
