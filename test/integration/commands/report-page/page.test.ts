import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { reportPage } from '../../../../src/commands/report-page/page.js';
import { fullReport } from '../../../support/report.js';

const css = readFileSync('templates/report.css', 'utf8');
const page = reportPage(fullReport(), css);

test('it loads nothing and runs nothing', () => {
  expect(page).not.toMatch(
    /<(?:script|img|link|iframe|object|embed|form)\b|\bsrc=|@import|url\(|\bon[a-z]+=/i,
  );
  expect([...page.matchAll(/\bhref="([^"]*)"/g)].map(([, to]) => to?.charAt(0))).toEqual(
    Array.from({ length: 8 }, () => '#'),
  );
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
});

test('what a machine says is text', () => {
  expect(page).not.toContain('<script');
  expect(page).not.toContain('\u202e');
  expect(
    page.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&quot;&#39;&amp;\\u202e/g)?.length,
  ).toBeGreaterThan(9);
});

test('every part has a heading, and a link that leads to it', () => {
  const parts = [
    'glance',
    'findings',
    'certificates',
    'registries',
    'configuration',
    'drift',
    'history',
  ];
  for (const id of parts) {
    expect(page).toContain(`<a href="#${id}">`);
    expect(page).toContain(`<section id="${id}" aria-labelledby="${id}-title">`);
  }
  const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  expect(levels[0]).toBe(1);
  expect(levels.every((level, index) => level - (levels[index - 1] ?? 0) <= 1)).toBe(true);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
});

test('what color says is said by a word too', () => {
  for (const word of [
    '✖ error',
    '▲ warning',
    '● info',
    '▲ insecure',
    'ended 333 days ago, expired',
    'applied by restart, containers kept',
  ])
    expect(page).toContain(word);
});

/** Relative luminance and contrast (WCAG 2.2, 1.4.3). */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => parseInt(full.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const palettes = [...css.matchAll(/:root \{([^}]*--ground[^}]*)\}/g)].map(
  ([, text = '']) =>
    new Map(
      [...text.matchAll(/--([a-z]+): (#[0-9a-f]{3,6})/g)].map(
        ([, name = '', value = '']) => [name, value] as const,
      ),
    ),
);

test.each(palettes.map((palette, index) => [['light', 'dark', 'print'][index], palette] as const))(
  'every text can be read: %s',
  (_, palette) => {
    for (const name of ['text', 'quiet', 'error', 'warning', 'fine', 'info'])
      for (const ground of ['ground', 'panel'])
        expect([
          name,
          ground,
          contrast(palette.get(name) ?? '', palette.get(ground) ?? '') >= 4.5,
        ]).toEqual([name, ground, true]);
  },
);

test('there are three palettes', () => {
  expect(palettes).toHaveLength(3);
});
