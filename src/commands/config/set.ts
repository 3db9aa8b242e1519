import { readLoosely, readValue, shapeAt } from '../../core/dockerd/options/value.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { setText } from '../../core/formats/json/json-edit.js';
import { parsePath } from '../../core/formats/json/json-path.js';
import { redactWords } from '../../core/text/redact.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'set one value of daemon.json',
  args: [
    {
      name: 'KEY',
      describe:
        'a dotted path: log-opts.max-size; quote a key that has dots: runtimes."a.b".path; several in one change: KEY=VALUE KEY=VALUE',
      required: true,
    },
    {
      name: 'VALUE',
      describe: 'JSON of the type of the key, else a text; several for a list',
      required: true,
      many: true,
    },
  ],
  options: {},
  examples: [
    'config set debug true',
    'config set log-opts.max-size 10m',
    'config set dns 1.1.1.1 8.8.8.8',
    'config set tlsverify=true tlscacert=/etc/docker/ca.pem tlscert=/etc/docker/cert.pem tlskey=/etc/docker/key.pem',
  ],
  run: (context, { args: [first = '', ...words] }) => {
    const { validate } = context.options;
    const wanted = wantedOf(first, words);
    const [key] = wanted[0]?.path ?? [];
    return changeDaemonJson(context, {
      title: ['config', 'set', ...titleWords(wanted)].join(' '),
      ...(key !== undefined && { key }),
      edit: (document, { version }) => {
        const engine = engineOf(version);
        return wanted.reduce(
          (text, { path, words: values }) =>
            setText(
              text,
              path,
              validate
                ? readValue(path, shapeAt(path, engine), values)
                : readLoosely(path, engine, values),
            ),
          document,
        );
      },
    });
  },
  render: renderOutcome,
});

interface Wanted {
  readonly key: string;
  readonly path: ReturnType<typeof parsePath>;
  readonly words: readonly string[];
}

/** Of one key all values, or of each word its own: keys that dockerd wants together are one change. */
function wantedOf(first: string, words: readonly string[]): Wanted[] {
  const pairs = [first, ...words].map((word) => PAIR.exec(word));
  const isPairs = pairs.every((pair) => pair !== null);
  return isPairs
    ? pairs.map((pair) => {
        const [, key = '', value = ''] = pair;
        return { key, path: parsePath(key), words: [value] };
      })
    : [{ key: first, path: parsePath(first), words }];
}

/** No key of dockerd's has an equals sign. */
const PAIR = /^([a-z][\w.-]*)=(.*)$/su;

function titleWords(wanted: readonly Wanted[]): string[] {
  const [one] = wanted;
  return wanted.length === 1 && one !== undefined
    ? redactWords([one.key, ...one.words])
    : wanted.map(({ key, words }) => redactWords([key, ...words]).join('='));
}
