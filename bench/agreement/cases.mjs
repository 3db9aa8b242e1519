import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import JSON5 from 'json5';

/** `{ name, bytes }` of every configuration of cases.json5, each name a file name. */
export function allCases() {
  const { values, together, texts, bytes } = JSON5.parse(
    readFileSync(new URL('cases.json5', import.meta.url), 'utf8'),
  );
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

/** The rules of engine 29, row by row. */
export function ruleCases() {
  const rows = JSON5.parse(readFileSync(new URL('engine-29.json5', import.meta.url), 'utf8'));
  return rows.map(([config], index) => ofConfig(`rule-${index}`, config));
}

const EVERY_TYPE = [null, true, false, 0, -1, 1.5, '', 'x', [], [''], [1], [null], {}, { a: 1 }];

/** Each key of the table with a value of every type. */
export function sweepCases(keys) {
  return keys.flatMap(({ name }) =>
    EVERY_TYPE.map((value, index) => ofConfig(`${name}-${index}`, { [name]: value })),
  );
}

/** The files of a folder. */
export function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

function ofConfig(name, config) {
  return { name, bytes: Buffer.from(JSON.stringify(config)) };
}
