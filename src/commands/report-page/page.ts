import type { Report } from '../../core/report/report-data.js';
import { localTime } from '../text/local-time.js';
import { html, trustedHtml, type Html } from './html.js';
import { findingList, glance, historyTable, registryTable, settingTable } from './parts.js';
import { timeline } from './timeline.js';

/** The whole page: it loads nothing, runs no script, and its policy says so. `css`: the style sheet that goes into it. */
export function reportPage(report: Report, css: string): string {
  const { host, madeAt, version, unseen, drift, certificates } = report;
  const sections: readonly (readonly [id: string, title: string, body: Html])[] = [
    ['glance', 'At a glance', glance(report)],
    ['findings', 'Findings', findings(report)],
    ['certificates', 'Certificates', certificatePart(certificates, madeAt)],
    ['registries', 'Registries', registryTable(report)],
    ['configuration', 'Configuration', settingTable(report)],
    [
      'drift',
      'Drift',
      drift === null ? NOTHING_DECLARED : findingList(drift, 'Everything is as declared.'),
    ],
    ['history', 'History', historyTable(report)],
  ];
  const hidden =
    unseen.length === 0 ? html`` : html`<p class="warning">Not looked at: ${unseen.join('; ')}</p>`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>dockerctl report: ${host}</title>
        <style>
          ${trustedHtml(css)}
        </style>
      </head>
      <body>
        <a class="skip" href="#findings">Skip to the findings</a>
        <header>
          <h1>${host}</h1>
          <p>
            As dockerctl ${version} saw it at <time datetime="${madeAt}">${localTime(madeAt)}</time>
          </p>
          <nav aria-label="Sections">
            <ul>
              ${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>
          ${hidden}${sections.map(
            ([id, title, body]) =>
              html`<section id="${id}" aria-labelledby="${id}-title">
                <h2 id="${id}-title">${title}</h2>
                ${body}
              </section>`,
          )}
        </main>
      </body>
    </html> `;
  return page.html;
}

const NOTHING_DECLARED = html`<p class="none">
  Nothing is declared: <code>dockerctl adopt</code> writes a declaration of what is there.
</p>`;

const findings = ({ findings: list }: Report): Html =>
  findingList(list, 'dockerctl doctor finds nothing wrong.');

function certificatePart(certificates: Report['certificates'], madeAt: string): Html {
  return certificates.length === 0
    ? html`<p class="none">No certificate is issued or trusted here beyond the system's own.</p>`
    : timeline(certificates, Date.parse(madeAt));
}
