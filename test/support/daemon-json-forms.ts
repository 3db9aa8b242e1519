/** Every form in which people keep this file; what they meant by it is theirs. */
export const FORMS: readonly (readonly [form: string, file: string | Buffer])[] = [
  ['two spaces', '{\n  "debug": true\n}\n'],
  ['tabs and CRLF', '{\r\n\t"debug" : true\r\n}\r\n'],
  ['old Mac line ends', '{\r  "debug": true\r}\r'],
  ['no final newline', '{\n    "debug": true\n}'],
  ['one line', '{ "debug": true, "mtu": 1400 }\n'],
  ['no spaces', '{"debug":true,"mtu":1400}'],
  ['commas in front', '{ "debug": true\n, "mtu": 1400\n}\n'],
  ['aligned columns', '{\n  "mtu":        1400,\n  "debug":      true\n}\n'],
  ['a byte order mark', '\ufeff{\r\n  "debug": true\r\n}\r\n'],
  ['UTF-16, little end first', Buffer.from('\ufeff{\r\n  "debug": true\r\n}\r\n', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeff{ "debug": true }', 'utf16le').swap16()],
  ['an empty file', ''],
  ['blanks only', ' \n\t\r\n'],
  ['a byte order mark only', '\ufeff'],
  ['null', 'null\n'],
  ['an empty object', '{}'],
  ['an empty object over two lines', '\n{\n\n}\n\n'],
  ['numbers that no Number can hold', '{"x": 9007199254740993, "y": 1.0, "z": 1e400, "a": -0}'],
  ['escaped keys', '{"re\\u0067istry-mirrors": [], "insecure\\u002dregistries": ["a:1"]}\n'],
  [
    'empty lists at the end',
    '{\n  "debug": true,\n  "insecure-registries": [ ],\n  "registry-mirrors": []\n}\n',
  ],
  ['an empty list at the end', '{\n  "debug": true,\n  "insecure-registries": []\n}\n'],
  ['unknown keys', '{"_comment": "keep", "__proto__": {"x": 1}, "": []}'],
  [
    'a list with other entries',
    '{\n  "registry-mirrors": [\n    "https://a.example.com"\n  ],\n  "insecure-registries": ["a:1","b:2"]\n}\n',
  ],
];

/** What no dockerd reads, and is not ours to fix unasked. */
export const BROKEN: readonly (readonly [form: string, file: string | Buffer])[] = [
  ['comments', '{\n  // faster\n  "debug": true\n}\n'],
  ['a trailing comma', '{\n  "debug": true,\n}\n'],
  ['a key that stands twice', '{"debug": true, "debug": false}'],
  ['a cut file', '{\n  "debug": tr'],
  ['a list', '["debug"]'],
  ['a text', '"debug"'],
  ['a NUL byte', '{"debug": true}\0'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['half a UTF-16 file', Buffer.from('\ufeff{ "debug": true }', 'utf16le').subarray(0, 21)],
  [
    'wrong types throughout',
    '{"registry-mirrors":{"a":1},"insecure-registries":3,"runtimes":[],"log-opts":"x","exec-opts":{}}',
  ],
  [
    'lists of other things',
    '{"registry-mirrors":[1,null,{}],"insecure-registries":[[]],"runtimes":{"a":7},"log-opts":{"max-file":3}}',
  ],
  ['a YAML file', 'version: 2\nmirrors:\n  docker.io:\n    endpoint: ["https://m"]\n'],
  ['a TOML file', 'version = 2\n[plugins."io.containerd.grpc.v1.cri"]\n'],
  ['a shell script', '#!/bin/sh\ncat >/etc/docker/daemon.json <<EOF\n{}\nEOF\n'],
  ['ten thousand brackets', '['.repeat(10_000)],
  ['control characters', '{"\u001b]0;x\u0007": "\u009b31m"}'],
];
