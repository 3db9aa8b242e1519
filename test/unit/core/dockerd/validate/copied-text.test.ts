import { expect, test } from '@jest/globals';
import { fixConfig } from '../../../../../src/core/dockerd/validate/fix.js';
import {
  validateConfig,
  type ValidationInput,
} from '../../../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { PACKAGED_ARGV } from '../../../../support/reference-host.js';

const given = (text: string): ValidationInput => ({
  bytes: Buffer.from(text),
  engine: parseVersion('28.5.2')!,
  argv: PACKAGED_ARGV,
});

/** Of the text: "a" is no key of dockerd. */
const said = (text: string) =>
  validateConfig(given(text))
    .findings.filter(({ code }) => code !== 'unknown-key')
    .map(({ code, line, column }) => `${code} ${line}:${column}`);

/** What guides, listings and terminals add, and what gets lost of them on the way. */
test.each<[string, string[], unknown, string[]]>([
  [
    '```json\n{"debug": true}\n```\n',
    ['prose 1:1', 'prose 3:1'],
    { debug: true },
    ['1 // ```json', '3 // ```'],
  ],
  ['{\n  "debug": true\n', ['missing-end 2:16'], { debug: true }, []],
  ['{\n  "debug": true', ['missing-end 2:16'], null, []],
  ['{"a": 1}\n{"debug": true}', ['second-value 2:1'], { a: 1, debug: true }, []],
  ['{"a": 1},\n{"debug": true}\n', ['second-value 1:9'], { a: 1, debug: true }, []],
  ['{"a": 1}\n{"a": 2}', ['second-value 2:1'], null, []],
  ['{\n  "a": 1\n}\n"debug": true\n', ['early-close 4:1'], { a: 1, debug: true }, []],
  ['{\n  "a": 1\n},\n  "debug": true\n}\n', ['early-close 3:2'], { a: 1, debug: true }, []],
  [
    '{\n  "a": ["x",\n  "debug": True\n}\n',
    ['unclosed-list 3:3', 'bad-literal 3:12'],
    { a: ['x'], debug: true },
    [],
  ],
  [
    '{"a": ["https://m],\n "debug": true}',
    ['unterminated-string 1:8'],
    { a: ['https://m'], debug: true },
    [],
  ],
  [
    '{"a: ["x"],\n "debug: true\n}',
    ['unterminated-string 1:2', 'unterminated-string 2:2'],
    { a: ['x'], debug: true },
    [],
  ],
  [
    '{"a" = 1; "debug" => true}',
    ['equals-sign 1:6', 'semicolon 1:9', 'equals-sign 1:19'],
    { a: 1, debug: true },
    [],
  ],
  ['{"a": 1,\n ...\n}', ['trailing-comma 1:8', 'ellipsis 2:2'], { a: 1 }, []],
  [
    '{"a": 1, <-- add this\n "debug": true}',
    ['prose 1:10'],
    { a: 1, debug: true },
    ['1 // <-- add this'],
  ],
  [
    '{"log-level": "info", <-- or "debug"\n "mtu": 1450  ** not "1500" here\n}',
    ['prose 1:23', 'prose 2:15'],
    { 'log-level': 'info', mtu: 1450 },
    ['1 // <-- or "debug"', '2 // ** not "1500" here'],
  ],
  [
    '```json\n{"debug": true}\n```\n',
    ['prose 1:1', 'prose 3:1'],
    { debug: true },
    ['1 // ```json', '3 // ```'],
  ],
  ['{\\"debug\\": true}', ['escaped-quotes 1:2'], { debug: true }, []],
  ['{&quot;debug&quot;: true}', ['html-mark 1:2'], { debug: true }, []],
  ['[{"debug": true}]', ['wrong-root 1:1'], { debug: true }, []],
  ['"{\\"debug\\": true}"', ['wrong-root 1:1'], { debug: true }, []],
  ['1 {\n2   "debug": true\n3 }\n', ['line-numbers 1:3'], { debug: true }, []],
  [
    '[root@h ~]# cat daemon.json\n{"debug": true}\n[root@h ~]# exit\n',
    ['shell-text 1:10', 'shell-text 3:1'],
    { debug: true },
    [],
  ],
  ['{\n- "debug": true\n+ "debug": false\n}', ['diff 2:1', 'diff 3:1'], { debug: false }, []],
  [
    ' {\n   "data-root": "/srv",\n-  "debug": true\n+  "debug": false,\n+  "ipv6": true\n }\n',
    ['diff 3:1', 'diff 4:1', 'diff 5:1'],
    { 'data-root': '/srv', debug: false, ipv6: true },
    [],
  ],
  [
    '# docker daemon config\n{"debug": True, // yes\n}\n',
    ['comment 1:1', 'bad-literal 2:11', 'trailing-comma 2:15', 'comment 2:17'],
    { debug: true },
    ['1 # docker daemon config', '2 // yes'],
  ],
  [
    "# cat /etc/docker/daemon.json\n{'debug': true}\n",
    ['shell-text 1:1', 'single-quotes 2:2'],
    { debug: true },
    ['1 # cat /etc/docker/daemon.json'],
  ],
  [
    '{"dns": [\n"10.0.0.1",  <-- yours\n"10.0.0.2",  \u5907\u7528\n"10.0.0.3"  \u2190 third\n]}\n',
    ['prose 2:14', 'prose 3:14', 'prose 4:13'],
    { dns: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] },
    ['2 // <-- yours', '3 // \u5907\u7528', '4 // \u2190 third'],
  ],
  ['{"bridge": none}', ['unquoted-value 1:12'], { bridge: 'none' }, []],
  ['{"debug": on}', ['bad-literal 1:11'], { debug: true }, []],
  ['{"debug": true}\n}\n', ['extra-bracket 2:1'], { debug: true }, []],
  [
    '{「debug」： true、 "a": 1。}',
    ['smart-quotes 1:2', 'wide-punctuation 1:9', 'wide-punctuation 1:15', 'wide-punctuation 1:23'],
    { debug: true, a: 1 },
    [],
  ],
  [
    '{""ipv6"": true, "log-level": ""info""}',
    ['doubled-quotes 1:2', 'doubled-quotes 1:31'],
    { ipv6: true, 'log-level': 'info' },
    [],
  ],
  ['{"debug":: true}', ['extra-colon 1:10'], { debug: true }, []],
  ['{`debug`: true}', ['smart-quotes 1:2'], { debug: true }, []],
  [
    '\u001b[32m{"debug": true}\u001b[0m\n',
    ['control-character 1:1', 'control-character 1:21'],
    { debug: true },
    [],
  ],
  [
    '{\n  "log-opts": {\n    "max-size": "1m",\n  "debug": true\n}\n',
    ['unclosed-object 5:2'],
    null,
    [],
  ],
  [
    '{"a": 1}\n// more\n{"debug": true}\n',
    ['comment 2:1', 'second-value 3:1'],
    { a: 1, debug: true },
    ['2 // more'],
  ],
  [
    '\u5728\u6587\u4ef6\u4e2d\u6dfb\u52a0\uff1a\n"debug": true\n\u4fdd\u5b58\n',
    ['prose 1:1', 'missing-braces 2:8', 'prose 3:1'],
    { debug: true },
    ['1 // \u5728\u6587\u4ef6\u4e2d\u6dfb\u52a0\uff1a', '3 // \u4fdd\u5b58'],
  ],
  [
    '- "debug": true\n- "a": 1\n',
    ['diff 1:1', 'missing-braces 1:10', 'missing-comma 1:15', 'diff 2:1'],
    null,
    [],
  ],
])('%j', (text, expected, meant, comments) => {
  expect(said(text)).toEqual(expected);
  const fixed = fixConfig(given(text));
  const after = fixed === null ? 'null' : Buffer.from(fixed.bytes).toString();
  expect(JSON.parse(after)).toEqual(meant);
  expect(fixed?.comments.map(({ line, text: one }) => `${line} ${one}`) ?? []).toEqual(comments);
  expect(fixConfig(given(after))).toBeNull();
});
