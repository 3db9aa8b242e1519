import { readFileSync } from 'node:fs';
import JSON5 from 'json5';

/** `{ name, bytes }` of every configuration of cases.json5, each name a file name. */
export function allCases() {
  const { values, together, texts, bytes } = JSON5.parse(
    readFileSync(new URL('cases.json5', import.meta.url), 'utf8'),
  );
  const ofConfig = (name, config) => ({ name, bytes: Buffer.from(JSON.stringify(config)) });
  return [
    ...values.flatMap(([key, each]) =>
      each.map((value, index) => ofConfig(`${key}-${index}`, { [key]: value })),
    ),
    ...together.map((config, index) => ofConfig(`together-${index}`, config)),
    ...texts.map(([name, text]) => ({ name: `text-${name}`, bytes: Buffer.from(text) })),
    ...bytes.map(([name, base64]) => ({
      name: `bytes-${name}`,
      bytes: Buffer.from(base64, 'base64'),
    })),
  ];
}
