import { isSize } from '../../../options/values/size.js';
import { inRange, type EngineVersion } from '../../../options/keys/version.js';
import { quote, type DecodedConfig, type RuleProblem } from '../rule.js';
import type { Stops } from '../../../config/read.js';

/** One key whose value dockerd checks by itself. */
interface ValueRule {
  readonly key: string;
  readonly engines: string;
  readonly stops: Stops;
  /** For the hint, after `write `. */
  readonly expects: string;
  readonly code?: 'bad-value' | 'bad-size';
  accepts(value: string | number, engine: EngineVersion): boolean;
}

const oneOf = (...values: readonly string[]) => ({
  expects: `one of ${values.filter((value) => value !== '').join(', ')}`,
  accepts: (value: string | number) => values.includes(String(value)),
});

const atLeast = (least: number) => ({
  expects: `a number from ${least}`,
  accepts: (value: string | number) => Number(value) >= least,
});

const LEVELS = oneOf('', 'panic', 'fatal', 'error', 'warn', 'info', 'debug', 'trace');

/** MaxAPIVersion of each release (moby daemon/config/config.go). */
const NEWEST_API: readonly (readonly [engines: string, minor: number])[] = [
  ['29.0..29.1', 52],
  ['29.2', 53],
  ['29.3..29.5', 54],
  ['29.6..', 55],
];

/** Number by number; what is none is 0 (moby api/types/versions/compare.go). */
function isApiVersion(text: string, engine: EngineVersion): boolean {
  const [major = 0, minor = 0, ...more] = text
    .split('.')
    .map((part) => (/^[+-]?\d+$/.test(part) ? Number(part) : 0));
  const newest = NEWEST_API.find(([engines]) => inRange(engine, engines))?.[1] ?? Infinity;
  if (major !== 1) return false;
  return minor >= 24 && (minor < newest || (minor === newest && more.every((part) => part <= 0)));
}

/** moby daemon/config/config.go Validate, config_linux.go validatePlatformConfig, and what NewDaemon refuses later. */
const RULES: readonly ValueRule[] = [
  {
    ...LEVELS,
    key: 'log-level',
    engines: '23..',
    stops: 'both',
    accepts: (value) => LEVELS.accepts(String(value).toLowerCase()),
  },
  {
    ...LEVELS,
    key: 'log-level',
    engines: '..20',
    stops: 'start',
    // logrus, which also knows the long form.
    accepts: (value) =>
      LEVELS.accepts(
        String(value)
          .toLowerCase()
          .replace(/^warning$/, 'warn'),
      ),
  },
  { ...oneOf('', 'text', 'json'), key: 'log-format', engines: '25..', stops: 'both' },
  { ...oneOf('', 'private', 'shareable'), key: 'default-ipc-mode', engines: '', stops: 'both' },
  { ...oneOf('', 'private', 'host'), key: 'default-cgroupns-mode', engines: '', stops: 'both' },
  { ...oneOf('', 'iptables', 'nftables'), key: 'firewall-backend', engines: '29..', stops: 'both' },
  { ...atLeast(0), key: 'mtu', engines: '23..', stops: 'both' },
  { ...atLeast(0), key: 'max-concurrent-downloads', engines: '', stops: 'both' },
  { ...atLeast(0), key: 'max-concurrent-uploads', engines: '', stops: 'both' },
  { ...atLeast(0), key: 'max-download-attempts', engines: '23..', stops: 'both' },
  { ...atLeast(1), key: 'max-download-attempts', engines: '..20', stops: 'both' },
  { ...atLeast(0), key: 'default-stop-timeout', engines: '29.7..', stops: 'both' },
  {
    key: 'network-diagnostic-port',
    engines: '28..',
    stops: 'both',
    expects: 'a port from 1 to 65535',
    accepts: (value) => Number(value) >= 0 && Number(value) <= 65535,
  },
  {
    key: 'default-shm-size',
    engines: '',
    stops: 'both',
    code: 'bad-size',
    expects: 'a size such as "64MiB"',
    accepts: (value, engine) => isSize(String(value), engine),
  },
  {
    key: 'api-cors-header',
    engines: '28',
    stops: 'both',
    expects: '"", or remove the key and put a reverse proxy before the API',
    accepts: (value) => value === '',
  },
  {
    key: 'oom-score-adjust',
    engines: '25',
    stops: 'both',
    expects: '0, or set OOMScoreAdjust= in a drop-in of docker.service',
    accepts: (value) => value === 0,
  },
  {
    key: 'min-api-version',
    engines: '29..',
    // The API server looks, not the configuration (moby daemon/server/middleware/version.go, NewVersionMiddleware).
    stops: 'start',
    expects: 'a version of the API from 1.24 to the newest of this engine, such as "1.44"',
    accepts: (value, engine) => value === '' || isApiVersion(String(value), engine),
  },
  {
    key: 'oom-score-adjust',
    engines: '..24',
    stops: 'start',
    expects: 'a number from -1000 to 1000',
    accepts: (value) => Math.abs(Number(value)) <= 1000,
  },
  ...['cluster-store', 'cluster-advertise', 'graph'].map((key): ValueRule => ({
    key,
    engines: '23',
    stops: key === 'graph' ? 'both' : 'start',
    expects: 'nothing here: this engine has removed the key',
    accepts: (value) => value === '',
  })),
];

export function checkValues(candidate: DecodedConfig): RuleProblem[] {
  return RULES.flatMap((rule): RuleProblem[] => {
    const value = candidate.config.get(rule.key);
    if (!inRange(candidate.engine, rule.engines)) return [];
    if (
      (typeof value !== 'string' && typeof value !== 'number') ||
      rule.accepts(value, candidate.engine)
    )
      return [];
    return [
      {
        code: rule.code ?? 'bad-value',
        path: [rule.key],
        message: `dockerd refuses ${rule.key} ${typeof value === 'string' ? quote(value) : value}`,
        hint: `write ${rule.expects}`,
        stops: rule.stops,
      },
    ];
  });
}
