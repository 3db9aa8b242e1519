import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { reportPage } from '../../src/commands/report-page/page.js';
import type { Messages } from '../../src/core/locale/message-index.js';
import { translatePage } from '../../src/core/locale/page.js';
import { createSay } from '../../src/core/locale/translate.js';
import { fullReport } from '../support/report.js';

const run = promisify(execFile);

/** Looks at the page in a frame of the same origin, as wide as it is told, and writes what it measured into its own title. */
const looker = (
  width: number,
  language: string,
) => `<!doctype html><link rel="icon" href="data:,"><title></title>
<iframe src="${language}/report.html" width="${width}" height="900"></iframe><script>
document.querySelector('iframe').addEventListener('load', ({ target }) => {
  const page = target.contentDocument, style = (one) => target.contentWindow.getComputedStyle(one);
  const focusable = [...page.querySelectorAll('a[href], [tabindex="0"]')];
  document.title = JSON.stringify({
    overflow: page.documentElement.scrollWidth - page.documentElement.clientWidth,
    ground: style(page.body).backgroundColor,
    headings: page.querySelectorAll('h1, h2').length,
    bars: [...page.querySelectorAll('.timeline rect')].filter((one) => one.getBoundingClientRect().width > 0).length,
    focused: focusable.filter((one) => (one.focus(), page.activeElement === one)).length === focusable.length,
    unlabelled: [...page.querySelectorAll('[role=region]')].filter((one) => !one.getAttribute('aria-label')).length,
  });
});</script>`;

describe('the report in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-chromium-'));
  const asked: string[] = [];
  let server: Server;
  let origin = '';

  beforeAll(async () => {
    const page = reportPage(fullReport(), readFileSync('templates/report.css', 'utf8'));
    const catalogue = readFileSync('templates/messages.zh-CN.json', 'utf8');
    const chinese = translatePage(page, createSay(JSON.parse(catalogue) as Messages));
    server = createServer(({ url = '' }, answer) => {
      asked.push(url);
      const [, looks = '', language = ''] = /^\/looker\/(\d+)(\/zh)?$/.exec(url) ?? [];
      const width = Number(looks);
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.end(width > 0 ? looker(width, language) : url.startsWith('/zh/') ? chinese : page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  });

  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const chromium = (...words: string[]) =>
    run('chromium', [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
      ...['--disable-background-networking', `--user-data-dir=${folder}/profile`, ...words],
    ]);

  async function looked(width: number, scheme: 'dark' | 'light', language = '') {
    const { stdout } = await chromium(
      `--blink-settings=preferredColorScheme=${scheme === 'dark' ? 0 : 1}`,
      ...['--virtual-time-budget=5000', '--dump-dom', `${origin}/looker/${width}${language}`],
    );
    const title = /<title>(.*?)<\/title>/.exec(stdout)?.[1] ?? '';
    return JSON.parse(title.replaceAll('&quot;', '"')) as Record<string, unknown>;
  }

  test.each([
    [390, 'light', 'rgb(255, 255, 255)'],
    [390, 'dark', 'rgb(20, 24, 29)'],
    [1280, 'light', 'rgb(255, 255, 255)'],
    [1280, 'dark', 'rgb(20, 24, 29)'],
  ] as const)('%i pixels wide, %s', async (width, scheme, ground) => {
    expect(await looked(width, scheme)).toEqual({
      ...{ overflow: 0, ground, headings: 8, bars: 3, focused: true, unlabelled: 0 },
    });
  });

  test.each([390, 1280])('in Chinese, %i pixels wide', async (width) => {
    expect(await looked(width, 'light', '/zh')).toEqual({
      ...{ overflow: 0, ground: 'rgb(255, 255, 255)', headings: 8, bars: 3 },
      ...{ focused: true, unlabelled: 0 },
    });
  });

  test('no request left the page', () => {
    const pages = ['/looker/390', '/looker/1280', '/report.html'];
    const chinese = ['/looker/390/zh', '/looker/1280/zh', '/zh/report.html'];
    expect(new Set(asked)).toEqual(new Set([...pages, ...chinese]));
  });

  test('it prints on A4', async () => {
    await chromium(
      `--print-to-pdf=${folder}/page.pdf`,
      '--no-pdf-header-footer',
      `${origin}/report.html`,
    );
    const pdf = readFileSync(join(folder, 'page.pdf'), 'latin1');
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45](?:\.\d+)? 84[12]/);
    expect(Number(/\/Count (\d+)/.exec(pdf)?.[1])).toBeLessThanOrEqual(5);
  });
});
