// Values with members: runtimes, the builder, log options.
import fc from 'fast-check';
import { join, list, maybe, pick, whole } from './arbitraries.mjs';
import { duration, file, number, size, truth, word } from './texts.mjs';

const { constant, constantFrom, oneof, tuple } = fc;

export const runtime = maybe({
  path: constantFrom(
    '/usr/bin/runc',
    '/usr/bin/nvidia-container-runtime',
    'crun',
    '',
    '/nonexistent',
    null,
  ),
  runtimeArgs: oneof(constant([]), list(word), constant(null)),
  runtimeType: constantFrom('', 'io.containerd.runc.v2', 'io.containerd.runsc.v1', 'x', null),
  options: constantFrom({}, { a: 1 }, null, { SystemdCgroup: true }, []),
  Path: constantFrom('/usr/bin/runc', ''),
  args: list(word),
});

const gcRule = maybe({
  keepStorage: size,
  reservedSpace: size,
  maxUsedSpace: size,
  minFreeSpace: size,
  all: constantFrom(true, false, null, 'true'),
  KeepStorage: size,
  filter: oneof(
    list(
      join(
        pick('until|unused-for|type|id|label| until|Until|inuse|bogus'),
        pick('=|=||!='),
        oneof(duration, word),
      ),
    ),
    constantFrom({ 'unused-for': { '48h': true } }, { until: { x: true } }, {}, null, 'until=48h', {
      type: ['x'],
    }),
  ),
});

export const builder = maybe({
  gc: maybe({
    enabled: constantFrom(true, true, false, null),
    defaultKeepStorage: size,
    defaultReservedSpace: size,
    defaultMaxUsedSpace: size,
    defaultMinFreeSpace: size,
    policy: oneof(list(gcRule), constantFrom(null, {})),
    Enabled: constantFrom(true, 'true'),
  }),
  GC: maybe({ enabled: constant(true), defaultKeepStorage: size }),
  entitlements: maybe({
    'network-host': constantFrom(true, false, 'true', null),
    'security-insecure': constantFrom(true, 1),
    device: constantFrom(true, {}),
  }),
  history: maybe({
    maxAge: oneof(duration, whole),
    maxEntries: oneof(whole, number, constantFrom(1.5)),
  }),
  History: maybe({ maxAge: duration }),
  'max-parallelism': whole,
});

export const logOptions = {
  'json-file': {
    'max-size': size,
    'max-file': number,
    compress: truth,
    labels: word,
    tag: word,
    env: word,
    'labels-regex': constantFrom('(', '^x$'),
    'env-regex': constantFrom('[', 'a+'),
  },
  local: { 'max-size': size, 'max-file': number, compress: truth },
  journald: { tag: word, labels: word, env: word },
  syslog: {
    'syslog-address': oneof(
      pick(
        'udp://10.0.0.1:514|tcp://log|unix:///dev/log|tcp+tls://h:6514|unixgram:///nope|udp:x',
        'http://x|10.0.0.1:514|tcp://[::1]:514|unix://dev/log|UDP://x:1|://x|tcp://h:99999',
        'tcp://h:abc',
      ),
    ),
    'syslog-facility': pick('daemon|local7|local8|3|24|-1|Daemon|LOCAL0'),
    'syslog-format': pick('rfc5424|rfc3164|rfc5424micro|RFC5424|json'),
    'syslog-tls-skip-verify': truth,
    'syslog-tls-ca-cert': file,
    tag: word,
  },
  gelf: {
    'gelf-address': pick(
      'udp://10.0.0.1:12201|tcp://10.0.0.1:12201|udp://10.0.0.1|10.0.0.1:12201|http://x:1',
      'udp://h:|UDP://h:1|udp://:1|tcp://h:1/x',
    ),
    'gelf-compression-type': pick('gzip|zlib|none|lz4|GZIP'),
    'gelf-compression-level': number,
    'gelf-tcp-max-reconnect': number,
    'gelf-tcp-reconnect-delay': number,
    tag: word,
  },
  fluentd: {
    'fluentd-address': pick(
      'localhost:24224|tcp://h:24224|unix:///run/f.sock|tls://h|h|http://h|tcp://h/x',
      'h:99999|unix://|unix:///|[::1]:1|:24224|h:abc|tcp://',
    ),
    'fluentd-async': truth,
    'fluentd-async-connect': truth,
    'fluentd-async-reconnect-interval': duration,
    'fluentd-buffer-limit': size,
    'fluentd-retry-wait': duration,
    'fluentd-max-retries': number,
    'fluentd-sub-second-precision': truth,
    'fluentd-request-ack': truth,
    'fluentd-write-timeout': duration,
    tag: word,
  },
  splunk: {
    'splunk-token': word,
    'splunk-url': word,
    'splunk-format': word,
    'splunk-verify-connection': truth,
    tag: word,
    'splunk-gzip': truth,
  },
  awslogs: {
    'awslogs-group': word,
    'awslogs-region': word,
    'awslogs-create-group': truth,
    'awslogs-format': constantFrom('json/emf', 'json'),
    'awslogs-datetime-format': word,
    'awslogs-multiline-pattern': word,
    'awslogs-force-flush-interval-seconds': number,
    'awslogs-stream': word,
  },
  gcplogs: { 'gcp-project': word, 'gcp-log-cmd': truth, labels: word },
  etwlogs: {},
  bogus: { a: word },
  none: { a: word, 'max-size': size },
  '': { 'max-size': size },
  'Json-File': { 'max-size': size },
};
const everyOption = {
  mode: pick('blocking|non-blocking||Blocking|async'),
  'max-buffer-size': size,
  'cache-disabled': truth,
  'cache-max-size': size,
  'cache-max-file': number,
  'cache-compress': truth,
};

/** log-driver and log-opts belong together. */
export const logging = constantFrom(...Object.keys(logOptions)).chain((driver) =>
  tuple(
    maybe({ ...logOptions[driver], ...(driver === 'json-file' ? {} : { 'x-unknown': word }) }),
    oneof(constant({}), constant({}), maybe(everyOption)),
  ).map(([own, common]) => ({ 'log-driver': driver, 'log-opts': { ...own, ...common } })),
);
