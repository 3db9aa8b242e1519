import { stringsOf } from '../../options/meaning.js';
import { inRange } from '../../options/keys/version.js';
import {
  addressPart,
  blockContains,
  firstHost,
  ipFamily,
  parseBlock,
  type Block,
} from '../../options/values/address.js';
import { checkIdle } from './idle-keys.js';
import { isWithoutRoute } from './network/bridge-ipv4.js';
import { memberOf, type Json } from '../../../formats/json/json-object.js';
import {
  booleanOf,
  fieldOf,
  isInFile,
  kindAt,
  listOf,
  noEffect,
  problemsOf,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from './rule.js';

/** What dockerd takes and what does nothing, or not what was meant, for what else is set. */
export function checkEffects(candidate: DecodedConfig): RuleProblem[] {
  return [
    ...checkIpv6(candidate),
    ...checkRotation(candidate),
    ...checkSelinux(candidate),
    ...checkGroup(candidate),
    ...checkLoopback(candidate),
    ...checkDrivers(candidate),
    ...checkPublic(candidate),
    ...checkIdle(candidate),
  ];
}

function checkIpv6(candidate: DecodedConfig): RuleProblem[] {
  // "true" is told for what it is, and meant.
  if (booleanOf(candidate, 'ipv6', false) || candidate.config.get('ipv6') === 'true') return [];
  return ['fixed-cidr-v6', 'default-gateway-v6', 'bip6']
    .filter((key) => isInFile(candidate, key) && textOf(candidate, key) !== '')
    .map((key) =>
      noEffect(
        [key],
        `${key} does nothing without "ipv6": true`,
        `add "ipv6": true, or remove ${key}`,
      ),
    );
}

/** json-file begins a new file at a size; local does so without being told. */
function checkRotation(candidate: DecodedConfig): RuleProblem[] {
  const options = candidate.config.get('log-opts');
  const driver = textOf(candidate, 'log-driver');
  const has = (name: string) => memberOf(options, name) !== undefined;
  if (!['', 'json-file'].includes(driver) || !has('max-file') || has('max-size')) return [];
  return [
    noEffect(
      ['log-opts', 'max-file'],
      'max-file does nothing without max-size: the one file grows without end',
      'add "max-size": "10m"',
    ),
  ];
}

function checkSelinux(candidate: DecodedConfig): RuleProblem[] {
  if (candidate.config.get('selinux-enabled') !== true) return [];
  // The folder is there without it, too, where the kernel has it built in.
  if (kindAt(candidate, '/sys/fs/selinux/enforce') !== null) return [];
  return [
    noEffect(
      ['selinux-enabled'],
      'this machine has no SELinux: selinux-enabled does nothing',
      'remove selinux-enabled',
    ),
  ];
}

/** The group is that of the sockets which dockerd makes itself. */
function checkGroup(candidate: DecodedConfig): RuleProblem[] {
  const group = candidate.config.get('group');
  const hosts = listOf(candidate, 'hosts');
  const makesNone = hosts.length > 0 && !hosts.some((host) => host.startsWith('unix:'));
  if (typeof group !== 'string' || ['', 'docker'].includes(group) || !makesNone) return [];
  const activated = hosts.some((host) => host.startsWith('fd:'));
  return [
    noEffect(
      ['group'],
      activated
        ? 'the socket and its group are those of docker.socket: group does nothing'
        : 'dockerd makes no unix socket here: group does nothing',
      activated
        ? 'set SocketGroup= in a drop-in of docker.socket, and remove group'
        : 'remove group',
    ),
  ];
}

/** A container's loopback is its own. */
function checkLoopback({ config }: DecodedConfig): RuleProblem[] {
  return stringsOf(config.get('dns')).flatMap((server, index) =>
    /^(?:127\.|::1$)/.test(server.trim())
      ? [
          noEffect(
            ['dns', index],
            `a container that asks ${quote(server)} asks itself: no name is found`,
            'write an address of the network that containers reach; the stub of systemd-resolved listens on the host alone',
          ),
        ]
      : [],
  );
}

const DRIVER = /^\s*native\.cgroupdriver\s*=\s*(\S*)\s*$/i;

/** Of several the first counts until 27, since 28 the last (moby daemon_unix.go, getCD; config.go, parseExecOptions). */
function checkDrivers({ config, engine }: DecodedConfig): RuleProblem[] {
  const drivers = stringsOf(config.get('exec-opts')).flatMap((option, index) => {
    const driver = DRIVER.exec(option)?.[1];
    return driver === undefined ? [] : [{ driver, index }];
  });
  if (new Set(drivers.map(({ driver }) => driver)).size < 2) return [];
  const modern = inRange(engine, '28..');
  const counts = drivers.at(modern ? -1 : 0);
  return drivers
    .filter((one) => one !== counts)
    .map(({ driver, index }) =>
      noEffect(
        ['exec-opts', index],
        `of two cgroup drivers dockerd takes the ${modern ? 'last' : 'first'}, ${counts?.driver ?? ''}, and not ${driver}`,
        'remove one of them',
      ),
    );
}

/** Nobody else on the internet has them (RFC 1918, 6598, 2544, 3927, 5737; 240/4 is reserved). */
const OWN: readonly Block[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '198.18.0.0/15',
  '169.254.0.0/16',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '240.0.0.0/4',
  '127.0.0.0/8',
].flatMap((text) => parseBlock(text) ?? []);

/** Most are, and a look costs less than the sum. */
const PLAINLY_OWN =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+\/(?:1[6-9]|2\d|3[0-2])$/;

function checkPublic({ config }: DecodedConfig): RuleProblem[] {
  const pools = config.get('default-address-pools');
  const given: readonly (readonly [RuleProblem['path'], Json | undefined])[] = [
    [['bip'], config.get('bip')],
    ...(Array.isArray(pools) ? (pools as readonly Json[]) : []).map(
      (pool, index) => [['default-address-pools', index, 'base'], fieldOf(pool, 'base')] as const,
    ),
  ];
  return problemsOf(given, ([path, text]): RuleProblem[] => {
    if (typeof text !== 'string' || PLAINLY_OWN.test(text)) return [];
    const block = parseBlock(text);
    if (block?.family !== 4 || block.prefix < 4 || ipFamily(block.network) !== 4) return [];
    // Nothing on the internet has these either.
    const address = path[0] === 'bip' ? addressPart(text) : firstHost(block);
    if (isWithoutRoute(block, address)) return [];
    if (OWN.some((own) => own.prefix <= block.prefix && blockContains(own, block.network)))
      return [];
    return [
      {
        code: 'bad-network',
        path,
        message: `${quote(text)} is public address space: what has these addresses on the internet cannot be reached from here`,
        hint: 'write a private block, such as "10.10.0.0/16"',
        stops: 'nothing',
      },
    ];
  });
}
