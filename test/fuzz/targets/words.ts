import { PassThrough } from 'node:stream';
import { run } from '../../../src/cli/run.js';
import { parseDuration } from '../../../src/core/text/duration.js';
import { insecureEntry, insecureProblem } from '../../../src/core/dockerd/options/insecure.js';
import {
  mirrorDoubt,
  mirrorProblem,
  normalizeMirror,
} from '../../../src/core/dockerd/options/mirrors.js';
import { parseBlock } from '../../../src/core/dockerd/options/values/address.js';
import { parseSize } from '../../../src/core/dockerd/options/values/size.js';
import { parseGoUrl } from '../../../src/core/dockerd/options/values/url.js';
import { parseVersion } from '../../../src/core/dockerd/options/keys/version.js';
import { parseWindow } from '../../../src/core/declaration/window.js';
import { parsePermit } from '../../../src/core/pki/x509/constraints.js';
import { parseNames } from '../../../src/core/pki/x509/names.js';
import { printable, printableText } from '../../../src/core/text/printable.js';
import { formatRegistry, parseRegistry } from '../../../src/core/registry/address.js';
import { tokenRealm } from '../../../src/core/registry/challenge.js';
import { isInsecure } from '../../../src/core/registry/insecure-list.js';
import { judgeMirror } from '../../../src/core/registry/mirror-answer.js';
import { diagnose } from '../../../src/core/trust/diagnosis/diagnose.js';
import type { RegistryAnswer, ProbeFacts } from '../../../src/core/trust/diagnosis/facts.js';
import { readRoots } from '../../../src/core/trust/diagnosis/roots.js';
import type { Target } from '../fuzz.js';
import { CERTIFICATE_FILES } from './pki.js';

const seeds = (...texts: string[]): Uint8Array[] => texts.map((text) => Buffer.from(text));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const REGISTRY = parseRegistry('registry.example.com:5000');
const TRUST = { roots: readRoots([]), installed: [] };

/** The name is the folder's name below certs.d: it must stay in there, and mean the same when it is read again. */
function registry(bytes: Uint8Array): void {
  const parsed = parseRegistry(textOf(bytes));
  if (/[/\\\0]|\.\./.test(parsed.name) || parsed.name.startsWith('.'))
    throw new Error(`leads out of certs.d: ${parsed.name}`);
  if (formatRegistry(parseRegistry(parsed.name)) !== formatRegistry(parsed))
    throw new Error('format, then parse: another name');
}

/** `status\nname: value…\n\nbody`, as if a registry had answered it. */
function answered(bytes: Uint8Array): void {
  const [head = '', ...rest] = textOf(bytes).split('\n\n');
  const [status = '', ...lines] = head.split('\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name = '', value = ''] = line.split(/: (.*)/s);
      return [name.toLowerCase(), value];
    }),
  );
  const answer: RegistryAnswer = {
    status: Number(status) || 200,
    headers,
    body: rest.join('\n\n'),
  };
  const facts: ProbeFacts = {
    registry: REGISTRY,
    port: 5000,
    insecure: true,
    hasClient: false,
    resolved: ['192.0.2.1'],
    tls: {
      chain: [bytes, CERTIFICATE_FILES[3] ?? bytes],
      protocol: 'TLSv1.3',
      address: '192.0.2.1',
    },
    answer,
    plain: null,
    otherPorts: [],
    redirects: [],
    token: null,
    now: Date.UTC(2026, 10, 21),
  };
  tokenRealm(headers['www-authenticate']);
  judgeMirror({ ...answer, contentType: headers['content-type'] ?? '' });
  diagnose(facts, TRUST);
  diagnose({ ...facts, insecure: false }, TRUST);
}

/** A command line that never gets further than a machine that does not exist. */
async function commandLine(bytes: Uint8Array): Promise<void> {
  const argv = textOf(bytes).split('\n').slice(0, 12);
  if (argv.some((word) => /^(?:watch|--json=?|logs)$/.test(word))) return;
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end();
  const status = await run(argv, {
    version: '0',
    hostBelow: () => {
      throw Object.assign(new Error('no machine'), {
        name: 'DockerctlError',
        code: 'usage',
        hint: '',
      });
    },
    streams: { stdin, stdout, stderr, env: {} },
  });
  if (status === 70) throw new Error(String((stderr.read() as Buffer | null) ?? ''));
}

export const WORD_TARGETS: readonly Target[] = [
  {
    name: 'registry name',
    seeds: seeds(
      'registry.example.com:5000',
      'https://reg.example.com/v2/',
      '[2001:db8::1]:5000',
      '192.0.2.1:443',
      'bücher.example',
      'localhost',
    ),
    words: [':', '/', '..', '[', ']', '%25', '@', '://', '*.', 'docker.io', '_5000_'],
    read: registry,
  },
  {
    name: 'insecure, mirror',
    seeds: seeds(
      '10.0.0.0/8',
      'reg:5000',
      'https://mirror.example.com/',
      'http://a:80',
      '2001:db8::/32',
      'https://u:p@a/?b#c',
    ),
    words: [':', '/', '/33', '..', '[', ']', '%', '@', '://', '?', '#'],
    read: (bytes) => {
      const text = textOf(bytes);
      for (const engine of [
        [20, 10, 24],
        [28, 5, 2],
      ] as const) {
        insecureProblem(text, engine);
        mirrorProblem(text, engine);
      }
      insecureEntry(text);
      mirrorDoubt(text);
      normalizeMirror(text);
      parseGoUrl(text);
      parseBlock(text);
      isInsecure(text, { entries: text.split(','), addresses: ['192.0.2.1', '2001:db8::1'] });
    },
  },
  {
    name: 'certificate names',
    seeds: seeds(
      'registry.example.com',
      '*.example.com',
      '192.0.2.1',
      '2001:db8::1',
      'a@example.com',
      'spiffe://a/b',
      '10.0.0.0/8',
      'bücher.example',
    ),
    words: ['*.', '.', ':', '%', '/', '@', '://', 'xn--'],
    read: (bytes) => {
      const text = [textOf(bytes)];
      const none = { domains: [], ips: [], emails: [], uris: [] };
      const reads = [
        () => parseNames({ ...none, domains: text }),
        () => parseNames({ ...none, ips: text }),
        () => parseNames({ ...none, emails: text }),
        () => parseNames({ ...none, uris: text }),
      ];
      reads[bytes.length % 4]?.();
      parsePermit(text);
    },
  },
  {
    name: 'durations, windows, sizes',
    seeds: seeds(
      '5m',
      '1h30m',
      '2d',
      'Sat,Sun 02:00-04:00',
      'Mon..Fri 22:00-06:00',
      '2026-12-20..2027-01-03',
      '10GB',
      '26.1.5',
    ),
    words: ['..', ',', ':', '-', '.', 'Mon', '24:00', '1e3'],
    read: (bytes) => {
      const text = textOf(bytes);
      parseSize(text);
      parseVersion(text);
      if (bytes.length % 2 === 0) parseDuration(text);
      else parseWindow(text);
    },
  },
  {
    name: 'printable',
    seeds: seeds('plain', '\u001b[31mred\u001b[0m', '\u001b]0;title\u0007', 'a\u202eb', '\u009b2J'),
    words: ['\u001b', '\u001b[', '\u009b', '\u0007', '\r', '\u2066'],
    read: (bytes) => {
      const text = textOf(bytes);
      if (/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/.test(printable(text)))
        throw new Error('a character that drives a terminal is left');
      const left = printableText(text).replace(/\u001b\[[0-9;]*m/g, '');
      if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(left))
        throw new Error('a sequence that drives a terminal is left');
    },
  },
  {
    name: 'registry answer',
    seeds: [
      ...seeds(
        '401\nwww-authenticate: Bearer realm="https://auth.example.com/token",service="a"\n\n{"errors":[]}',
        '302\nlocation: file:///etc/shadow\ndate: Sat, 21 Nov 2026 12:00:00 GMT\n\n',
        '400\ncontent-type: text/html\n\nNo required SSL certificate was sent',
        '200\ndocker-distribution-api-version: registry/2.0\ncontent-type: application/vnd.oci.image.index.v1+json\n\n{}',
      ),
      ...CERTIFICATE_FILES.slice(3),
    ],
    words: [
      'Bearer ',
      'realm="',
      'location: ',
      'http://169.254.169.254/',
      '\n',
      'date: ',
      'content-type: ',
    ],
    read: answered,
  },
  {
    name: 'command line',
    seeds: seeds(
      'config\nset\ndebug\ntrue',
      'trust\nadd-registry\nreg:5000\n--ca\n/a',
      'mirrors\nset\nhttps://a\n-n\n--root\n/x',
      'certs\nissue\n--domain\na\n--days=90',
      'help\ncerts',
      'doctor\n--timeout\n5s',
    ),
    words: [
      '\n',
      '--',
      '-',
      '=',
      '--root',
      '--config',
      '--no-',
      '--lock-timeout\n',
      'constructor',
      '--__proto__',
      '--constructor.prototype.x=1',
      'help',
      'completion',
    ],
    read: commandLine,
  },
];
