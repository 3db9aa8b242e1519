import { isDeepStrictEqual } from 'node:util';
import { effectiveConfig } from '../../../src/core/dockerd/config/effective.js';
import { configJsonSchema } from '../../../src/core/dockerd/options/keys/schema.js';
import { validateConfig } from '../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../src/core/dockerd/options/keys/version.js';
import { parseDeclaration } from '../../../src/core/declaration/declaration.js';
import { bytesOf, parseDocument } from '../../../src/core/formats/json/document.js';
import { append, get, remove, set } from '../../../src/core/formats/json/json-edit.js';
import { openDocument } from '../../../src/core/formats/json/open.js';
import { parsePath } from '../../../src/core/formats/json/json-path.js';
import { relax } from '../../../src/core/formats/json/relaxed.js';
import { scan } from '../../../src/core/formats/json/syntax/scan.js';
import { parseSettings } from '../../../src/core/formats/json/json5-settings.js';
import { parseBatch } from '../../../src/core/pki/authority/batch.js';
import { readAuthorityProfile, readLeafProfile } from '../../../src/core/pki/authority/profile.js';
import type { Json } from '../../../src/core/formats/json/json-object.js';
import { observedDaemon } from '../../support/observed-daemon.js';
import { referenceHost } from '../../support/reference-host.js';
import type { Target } from '../fuzz.js';

const seeds = (...texts: string[]): Uint8Array[] => texts.map((text) => Buffer.from(text));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const DAEMON_JSON = seeds(
  '{}',
  '{\n  "registry-mirrors": ["https://mirror.example.com"],\n  "insecure-registries": ["10.0.0.0/8", "reg:5000"]\n}\n',
  '{"log-driver":"json-file","log-opts":{"max-size":"10m","max-file":"3","labels-regex":"^a.*$"},"live-restore":true}',
  '{"runtimes":{"nvidia":{"path":"/usr/bin/nvidia-container-runtime","runtimeArgs":[]}},"default-runtime":"nvidia"}',
  '{"hosts":["unix:///var/run/docker.sock","tcp://0.0.0.0:2376"],"tls":true,"tlsverify":true,"tlscacert":"/a","mtu":1400}',
  '{"default-address-pools":[{"base":"172.80.0.0/16","size":24}],"bip":"192.168.1.1/24","fixed-cidr":"192.168.1.0/25","dns":["8.8.8.8"]}',
  '{"builder":{"gc":{"enabled":true,"defaultKeepStorage":"10GB","policy":[{"keepStorage":"1GB","filter":["unused-for=2200h"]}]}},"features":{"buildkit":true}}',
  '\ufeff{"debug": true, // why\n "data-root": "/srv/docker", "storage-opts": ["size=10G"], }',
  '{"exec-opts":["native.cgroupdriver=systemd"],"default-ulimits":{"nofile":{"Name":"nofile","Hard":64000,"Soft":64000}},"shutdown-timeout":15}',
  '{"a":[[[[[[1.5e10,-0,"\\u00e9\\n",null,true,false]]]]]],"b":{"c":{"d":{}}}}',
);
const WORDS = ['"', ',', ':', '{', '}', '[', ']', '//', '/*', '*/', '\\u0000', '0x10', '1e5', "'"];
const KEYS = Object.keys(configJsonSchema([29, Infinity, Infinity]).properties ?? {});
const ENGINES = ['20.10.24', '26.1.5', '28.5.2'];
const ENGINE_VERSIONS = ENGINES.map((text) => parseVersion(text) ?? ([29, 0, 0] as const));
const HOSTS = ENGINES.map(referenceHost);

/** What JSON.parse and our scanner say of the same text must agree, but for the depth that ours refuses. */
function scanned(text: string): void {
  const ours = scan(text);
  let theirs = true;
  try {
    JSON.parse(text);
  } catch {
    theirs = /^[\t\n\r ]*$/.test(text);
  }
  const tooDeep = !ours.ok && ours.fault.inside === 'depth';
  if (ours.ok !== theirs && !tooDeep) throw new Error(`scan ${ours.ok}, JSON.parse ${theirs}`);
}

function edited(bytes: Uint8Array): void {
  const { document } = parseDocument(bytes) as { document?: Parameters<typeof get>[0] };
  if (document === undefined) return;
  const before = get(document, []) as Record<string, Json>;
  const changed = set(document, ['mtu'], 1234);
  if (get(changed, ['mtu']) !== 1234) throw new Error('set, then get: another value');
  const others = { ...(get(changed, []) as object), mtu: before.mtu };
  if (!isDeepStrictEqual({ ...others }, { ...before, mtu: before.mtu }))
    throw new Error('set changed another key');
  if (!('mtu' in before)) {
    const back = remove(changed, ['mtu']);
    if (document.root !== null && !Buffer.from(bytesOf(back)).equals(Buffer.from(bytes)))
      if (!isDeepStrictEqual(get(back, []), before)) throw new Error('remove is not the way back');
  }
  if (Array.isArray(before.dns ?? [])) append(document, ['dns'], '192.0.2.1');
}

export const JSON_TARGETS: readonly Target[] = [
  {
    name: 'daemon.json',
    seeds: DAEMON_JSON,
    words: [...WORDS, ...KEYS],
    read: (bytes) => {
      parseDocument(bytes);
      relax(bytes);
      scanned(textOf(bytes));
      openDocument(bytes, '/etc/docker/daemon.json');
    },
  },
  {
    name: 'daemon.json edit',
    seeds: DAEMON_JSON,
    words: [...WORDS, ...KEYS],
    read: edited,
  },
  {
    name: 'daemon.json validate',
    seeds: DAEMON_JSON,
    words: [...WORDS, ...KEYS],
    read: (bytes) => {
      const index = bytes.length % ENGINES.length;
      const engine = ENGINE_VERSIONS[index]!;
      const argv = ['/usr/sbin/dockerd', '-H', 'fd://'];
      validateConfig({ bytes, engine, argv, host: HOSTS[index] ?? {} });
    },
  },
  {
    name: 'daemon.json effective',
    seeds: DAEMON_JSON,
    words: [...WORDS, ...KEYS],
    read: (bytes) => {
      const parsed = parseDocument(bytes);
      if (parsed.ok) effectiveConfig(observedDaemon(), parsed.document);
    },
  },
  {
    name: 'key path',
    seeds: seeds(
      'log-opts.max-size',
      'runtimes."a.b".path',
      'dns[0]',
      '/log-opts/a~1b',
      '"\\u00e9"',
    ),
    words: ['.', '"', '[', ']', '/', '~', '\\'],
    read: (bytes) => parsePath(textOf(bytes)),
  },
  {
    name: 'declaration',
    seeds: seeds(
      "// mine\n{ daemon: { 'log-driver': 'local', 'live-restore': true }, mirrors: ['https://m.example.com'], insecure: ['a:5000'] }",
      "{registries:{'reg.example.com:5000':{ca:'/etc/ca.crt',consumers:['docker','podman']}},cas:{corp:{file:'/etc/ca.crt'}}}",
      "{certificates:{web:{domains:['a.example.com'],days:90}},drift:{daemon:'repair'},restart:{allow:'window'},windows:{allow:['Sat,Sun 02:00-04:00'],deny:['2026-12-20..2027-01-03'],timezone:'UTC'}}",
      '{agent:{interval:"5m",settle:"2s"}}',
    ),
    words: [
      ...WORDS,
      'daemon',
      'mirrors',
      'registries',
      'cas',
      'certificates',
      'ca',
      'Infinity',
      'NaN',
    ],
    read: (bytes) => {
      const text = textOf(bytes);
      const half = text.indexOf('\n') + 1;
      parseDeclaration([
        { path: '/etc/dockerctl/dockerctl.json5', text },
        { path: '/etc/dockerctl/conf.d/a.json5', text: half > 0 ? text.slice(half) : '{}' },
      ]);
    },
  },
  {
    name: 'certificate profile',
    seeds: seeds(
      "{description:'a',keyType:'ecdsa-p256',days:397,usages:['server','client']}",
      "{description:'a',keyType:'rsa-2048',days:3650,intermediateDays:1825,crlDays:30,crlUrl:'http://a/b.crl'}",
    ),
    words: [...WORDS, 'keyType', 'days', 'usages', 'crlUrl'],
    read: (bytes) => {
      const value = parseSettings(textOf(bytes));
      if (bytes.length % 2 === 0) readLeafProfile(value, 'p');
      else readAuthorityProfile(value, 'p');
    },
  },
  {
    name: 'certificate batch',
    seeds: seeds(
      'a.example.com b.example.com 192.0.2.1\n# note\n*.example.com,2001:db8::1\n',
      'bücher.example\r\n',
    ),
    words: ['#', ',', '*.', '[', ']', ':', '%', '/24', '@', 'xn--'],
    read: (bytes) => parseBatch(textOf(bytes), 'batch.txt'),
  },
];
